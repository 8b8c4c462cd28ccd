import { sql, type Sql } from '#core/database'
import { type Field } from './fields/field.js'
import { expression } from './expression.js'

/** What stands for a value that the reader may not see: enough to tell rows apart, never enough to reach anybody. */
export interface Masked {
  masked: string
}

export function isMasked(value: unknown): value is Masked {
  return typeof value === 'object' && value !== null && 'masked' in value
}

/** Made by PostgreSQL, so that the value itself never leaves it. Null where there is no value. */
export function mask(field: Field, row: Sql): Sql {
  const shown = field.to || field.behind?.personal ? COVER : (parts[field.type.name] ?? COVER)
  return sql`(select jsonb_build_object('masked', ${shown})
    from (select ${expression(field, row)} as v) as held where held.v is not null and held.v::text <> '')`
}

const COVER = sql`'•••'`

/**
 * By type of field. Of a date the year is left; of an address that mail goes to, its first letter and the domain; of a number that is
 * called or shown at a till, two digits; of a name its first letter. What is short would be guessed from a part, so nothing is left of it.
 */
const parts: Record<string, Sql> = {
  date: sql`'••.••.' || to_char(held.v, 'YYYY')`,
  text: sql`case
    when held.v ~ '^[^@\\s]{3,}@[^@\\s]+$' then left(held.v, 1) || '•••' || substring(held.v from '@.*$')
    when held.v ~ '^[+\\d][\\d\\s()-]{6,}$' then '•••' || right(held.v, 2)
    when held.v ~ '^[[:alpha:]][[:alpha:]-]{3,39}$' then left(held.v, 1) || '•••'
    else '•••'
  end`,
}
