import { row, rows, sql, type Sql, type Transaction } from '#core/database'
import { InvalidFields, objects, type Actor, type Values } from '#core/objects'
import { ConsentWithdrawn } from './refusals.js'
import { standingNo } from './standing_no.js'

/**
 * Nothing new is kept of a customer who took the consent to processing back, until they agree again (F34, F39). They
 * may have done so under an id that was merged into theirs since. Who was never asked, as people of a file, took nothing back. Throws
 * `ConsentWithdrawn`.
 */
export async function refuseWithdrawn(userId: number, trx: Transaction) {
  if (await row(sql`select from users u where u.id = ${userId} and ${tookBack}`, trx)) throw new ConsentWithdrawn()
}

/**
 * The same for what another system writes of customers, unless it brings their new consent. Staff may: they mend what was typed wrong, under
 * their own name. Throws `InvalidFields`.
 */
export async function refuseOfWithdrawn(changes: { id: number; values: Values }[], trx: Transaction, { staffId }: Actor) {
  if (staffId !== null) return
  const told = changes.filter(({ values }) => values.personalDataAgree !== true && Object.entries(values).some(isPersonal))
  if (!told.length) return
  const refused = await rows(sql`select from users u where u.id = any(${told.map(({ id }) => id)}::bigint[]) and ${tookBack} limit 1`, trx)
  if (refused.length) throw InvalidFields.at('id', 'withdrew')
}

/** Emptied, a field keeps nothing. */
const isPersonal = ([name, value]: [string, unknown]) => value !== null && Boolean(objects.field(objects.get('user'), name).personal)

/** Of a row `u` of customers. */
const tookBack: Sql = sql`not u.personal_data_agree and ${standingNo(sql`u.id`, 'personal_data')}`
