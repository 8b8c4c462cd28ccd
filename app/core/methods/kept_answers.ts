import { execute, sql } from '#core/database'
import { type Leavings } from '#core/personal'

/** What was answered to somebody, or to a server that spoke for them, within the day. */
export const keptAnswers: Leavings = {
  name: 'keptAnswers',
  remove: ({ ids }, trx) => execute(sql`delete from method_answers where split_part(caller, '|', 4) = any(${ids.map(String)}::text[])`, trx),
}
