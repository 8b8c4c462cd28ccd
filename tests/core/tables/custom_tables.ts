import { type Group } from '@japa/runner/core'
import { type Visitor } from '#tests/support/visitor'
import { execute, identifier, rows, sql } from '#core/database'

/** What a test made in the schema `custom` goes with it; DDL of other schemas is the test's own. */
export function withoutCustomTables(group: Group) {
  group.teardown(async () => {
    const made = await rows<{ name: string; kind: string }>(
      sql`select relname as name, case relkind when 'v' then 'view' else 'table' end as kind
        from pg_class where relnamespace = 'custom'::regnamespace and relkind in ('r', 'v')`
    )
    for (const { name, kind } of made) {
      await execute(kind === 'view' ? sql`drop view ${identifier('custom', name)}` : sql`drop table ${identifier('custom', name)} cascade`)
    }
  })
}

type Planned = [label: string, type: string, more?: Record<string, string>]

/** The form of the wizard as a browser sends it. */
export function wizardForm(named: Record<string, string>, fields: Planned[]): Record<string, string> {
  const inputs = fields.flatMap(([label, type, more = {}], place) =>
    Object.entries({ taken: '1', label, type, ...more }).map(([part, value]) => [`f-${place}-${part}`, value])
  )
  return { title: '0', ...named, ...Object.fromEntries(inputs) }
}

/** Ids of the rows that a list shows under a filter. */
export async function idsIn(visitor: Visitor, path: string, filter: object): Promise<number[]> {
  const { words } = await visitor.get(`${path}?filter=${encodeURIComponent(JSON.stringify(filter))}&sort=id`)
  return [...words.matchAll(/data-open href="[^"]*?\/(\d+)"/g)].map(([, id]) => Number(id))
}
