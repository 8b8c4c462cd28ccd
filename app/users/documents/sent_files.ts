import { execute, sql } from '#core/database'
import { type Leavings } from '#core/personal'

/** Files that the person sent; the rows of the documents go with them. */
export const sentFiles: Leavings = {
  name: 'sentFiles',
  remove: ({ ids }, trx) =>
    execute(sql`delete from files f using user_documents d where d.file_id = f.id and d.user_id = any(${ids}::bigint[])`, trx),
}
