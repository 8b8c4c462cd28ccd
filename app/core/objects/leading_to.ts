import { identifier, sql, type Sql } from '#core/database'
import { canonical, hasMerged, wasMerged } from './aliases.js'
import { type ObjectDefinition } from './define_object.js'
import { existing } from './records.js'

interface Leading {
  id: Sql
  there: Sql
  /** How many rows are meant by what leads to so many. */
  times: Sql
}

/** Which row is meant by one that a file or another system names, over its alias: a merged one still names the row that it became. */
export function leadingTo(object: ObjectDefinition, t: Sql): Leading {
  if (!hasMerged(object)) return { id: sql`${t}.id`, there: existing(object, t), times: sql`count(*)` }
  const id = canonical(object, sql`${t}.id`)
  const now = identifier('now_known')
  const standing = sql`exists (select from ${identifier(object.table)} ${now} where ${now}.id = ${id} and ${existing(object, now)})`
  return { id, there: sql`(${existing(object, t)} or (${wasMerged(object, t)} and ${standing}))`, times: sql`count(distinct ${id})` }
}
