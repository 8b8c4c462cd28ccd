import { createHash } from 'node:crypto'
import { execute, row, sql } from '#core/database'
import { type Group } from '#core/filters'
import { type ObjectDefinition } from '#core/objects'

/** Browsers and proxies take about 8,000 characters; a link leaves room for everything else that it says. */
const LONGEST_IN_ADDRESS = 1500

/** What stands in `?filter=`: the filter itself, or `~` and the hash under which a long one is kept. */
export async function addressOfFilter(filter: Group, object: ObjectDefinition): Promise<string> {
  if (!filter.of.length) return ''
  const text = JSON.stringify(filter)
  return text.length <= LONGEST_IN_ADDRESS ? text : `~${await keep(text, object)}`
}

async function keep(text: string, object: ObjectDefinition) {
  const hash = createHash('sha256').update(`${object.name}\n${text}`).digest('base64url').slice(0, 22)
  await execute(
    sql`insert into stored_filters (hash, object, filter) values (${hash}, ${object.name}, ${text}::jsonb)
      on conflict (hash) do nothing`
  )
  return hash
}

/** The text of a filter that an address names, or undefined when nothing is kept under the hash. */
export async function storedFilter(hash: string, object: ObjectDefinition): Promise<string | undefined> {
  const kept = await row<{ filter: string }>(
    sql`select filter::text as filter from stored_filters where hash = ${hash} and object = ${object.name}`
  )
  return kept?.filter
}
