import { execute, sql } from '#core/database'
import { type Leavings } from '#core/personal'

/** Files with personal data, also those that are just being written, may hold anybody: they are made anew by whoever still needs them. */
export const exportedFiles: Leavings = {
  name: 'exportedFiles',
  async remove(_person, trx) {
    const given = sql`state in ('running', 'done') and personal`
    const files = await execute(sql`delete from files where id in (select file_id from exports where ${given})`, trx)
    await execute(sql`update exports set state = 'expired', updated_at = now() where ${given}`, trx)
    return files
  },
}
