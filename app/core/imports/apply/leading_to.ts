import { sql, type Sql } from '#core/database'
import { canonical, existing, hasMerged, wasMerged, type ObjectDefinition } from '#core/objects'

interface Leading {
  id: Sql
  there: Sql
  /** How many rows are meant by what leads to so many. */
  times: Sql
}

/** Which row is meant by one that a file names, over its alias: a merged one still names the row that it became. */
export function leadingTo(object: ObjectDefinition, t: Sql): Leading {
  if (!hasMerged(object)) return { id: sql`${t}.id`, there: existing(object, t), times: sql`count(*)` }
  const id = canonical(object, sql`${t}.id`)
  return { id, there: sql`(${existing(object, t)} or ${wasMerged(object, t)})`, times: sql`count(distinct ${id})` }
}
