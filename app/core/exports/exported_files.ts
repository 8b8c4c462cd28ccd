import { execute, sql } from '#core/database'
import { type Leavings } from '#core/personal'

/** Files with personal data may hold anybody: they are made anew by whoever still needs them. */
export const exportedFiles: Leavings = {
  name: 'exportedFiles',
  remove: (_person, trx) =>
    execute(
      sql`with expired as (
          update exports set state = 'expired', updated_at = now() where state = 'done' and personal returning file_id
        )
        delete from files f using expired e where f.id = e.file_id`,
      trx
    ),
}
