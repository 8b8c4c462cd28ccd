import { row, sql, type Transaction } from '#core/database'
import { ConsentWithdrawn } from './refusals.js'
import { standingNo } from './standing_no.js'

/**
 * Nothing new is kept of a customer who took the consent to processing back, until they agree again (F34, F39). They
 * may have done so under an id that was merged into theirs since. Who was never asked, as people of a file, took nothing back. Throws
 * `ConsentWithdrawn`.
 */
export async function refuseWithdrawn(userId: number, trx: Transaction) {
  const withdrawn = await row(
    sql`select from users u where u.id = ${userId} and not u.personal_data_agree and ${standingNo(sql`u.id`, 'personal_data')}`,
    trx
  )
  if (withdrawn) throw new ConsentWithdrawn()
}
