import { rows, sql, type Transaction } from '#core/database'
import { type Person } from '#core/personal'

/** Words by which a person is known in logs: every spelling of their identifiers, their whole name, and parts of it that nobody else bears. */
export async function knownWords({ ids, identifiers }: Person, trx: Transaction): Promise<string[]> {
  const names = await rows<{ word: string }>(
    sql`with person as (select * from users where id = any(${ids}::bigint[])),
      part as (
        select surname as word from person union select given_name from person union select middle_name from person
      )
      select concat_ws(' ', surname, given_name, middle_name) as word from person
      union select concat_ws(' ', surname, given_name) from person where surname <> '' and given_name <> ''
      union select concat_ws(' ', given_name, surname) from person where surname <> '' and given_name <> ''
      union select external_id from person where external_id is not null
      union
      select word from part where word is not null and not exists (
        select from users u where u.id <> all(${ids}::bigint[]) and word in (u.surname, u.given_name, u.middle_name)
      )`,
    trx
  )
  return [...names.map(({ word }) => word), ...identifiers.flatMap(spellings)].filter((word) => word.length > 3)
}

/** A phone is quoted with and without its plus, and as people of the country dial it. */
function spellings({ type, value }: Person['identifiers'][number]): string[] {
  if (!['phone', 'whatsapp', 'viber'].includes(type)) return [value]
  const digits = value.replace(/\D/g, '')
  return [value, digits, ...(digits.startsWith('7') ? [`8${digits.slice(1)}`, digits.slice(1)] : [])]
}
