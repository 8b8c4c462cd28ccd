import { sql, type Sql } from '#core/database'
import { belongsTo, choice, type FieldDraft } from '#core/objects'
import { regimes } from './regime.js'

/** Of what a word in the log is, where it is of channels and categories: `email/news` by their codes, a star for all of them; or a regime. */
const subject = (row: Sql) => sql`${row}.subject`
const part = (row: Sql, which: 1 | 2) => sql`split_part(${subject(row)}, '/', ${which})`

/** How far it goes, what it names, in the words of whoever reads it. */
export const scope = (): Record<'scope' | 'channel' | 'category', FieldDraft> => ({
  scope: choice(['everything', 'channel', 'category', 'pair', ...regimes], {
    sql: (row) => sql`case
      when ${subject(row)} = '*/*' then 'everything'
      when ${subject(row)} like '*/%' then 'category'
      when ${subject(row)} like '%/*' then 'channel'
      when ${subject(row)} like '%/%' then 'pair'
      else ${subject(row)} end`,
  }),
  channel: belongsTo('channel', { sql: (row) => sql`(select c.id from channels c where c.code = ${part(row, 1)})` }),
  category: belongsTo('unsubscribe_category', { sql: (row) => sql`(select c.id from unsubscribe_categories c where c.code = ${part(row, 2)})` }),
})
