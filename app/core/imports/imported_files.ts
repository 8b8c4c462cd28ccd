import { execute, sql } from '#core/database'
import { type Leavings } from '#core/personal'

/** Files that were brought and files of refused lines may name anybody: what is finished needs them no more. */
export const importedFiles: Leavings = {
  name: 'importedFiles',
  remove: (_person, trx) =>
    execute(
      sql`delete from files f using imports i
        where f.id in (i.file_id, i.reject_file_id) and i.state in ('done', 'failed', 'cancelled')`,
      trx
    ),
}
