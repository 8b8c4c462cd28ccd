import { execute, row, rows, sql } from '#core/database'

/**
 * Tables of the schema `public` that were there before our migrations ran and that no migration of ours made. A product of a release
 * that kept no record of its tables takes all it finds for its own.
 */
export async function foreignRelations(): Promise<string[]> {
  const state = await row<{ product: boolean; record: boolean }>(
    sql`select to_regclass('public.adonis_schema') is not null as product, to_regclass('public.own_relations') is not null as record`
  )
  if (state!.product && !state!.record) return []
  const found = await publicRelations()
  if (!state!.record) return found
  const own = await rows<{ name: string }>(sql`select name from own_relations`)
  return found.filter((name) => !own.some((one) => one.name === name))
}

/** What migrations made since, and before, is ours: never offered to be registered. */
export async function rememberOwnRelations(foreign: string[]) {
  const found = await publicRelations()
  const own = found.filter((name) => !foreign.includes(name))
  await execute(sql`insert into own_relations (name) select unnest(${own}::text[]) on conflict do nothing`)
}

async function publicRelations() {
  const found = await rows<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')`
  )
  return found.map(({ name }) => name)
}
