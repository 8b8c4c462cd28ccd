import { IANAZone } from 'luxon'
import { rows, sql, type Transaction } from '#core/database'
import { InvalidFields, type Values } from '#core/objects'
import { settings } from '#core/settings'
import { hashOf, normalised } from './credentials.js'

/** What a form says of a member of staff, made ready to be stored. Throws `InvalidFields`. */
export async function completed(values: Values, trx: Transaction, id?: number): Promise<Values> {
  const complete = { ...values }
  if (typeof complete.email === 'string') complete.email = normalised(complete.email)
  checkTimezone(complete.timezone)
  const { languages, timezone } = settings()
  for (const [name, usual] of Object.entries({ locale: languages[0], timezone })) {
    if (complete[name] === null) delete complete[name]
    if (!id) complete[name] ??= usual
  }

  await completePassword(complete)
  if (id) await keepAnAdministrator(id, complete, trx)
  return complete
}

function checkTimezone(timezone: unknown) {
  if (typeof timezone === 'string' && !IANAZone.isValidZone(timezone)) throw InvalidFields.at('timezone', 'timezone')
}

/** Who is added without a password is invited to choose one (`links/invite.ts`); an empty input keeps the one there is. */
async function completePassword(values: Values) {
  if (typeof values.password === 'string') values.password = await hashOf(values.password)
  else delete values.password
}

/** Locked in one order, so that two administrators who demote each other at once do not both succeed. */
async function keepAnAdministrator(id: number, values: Values, trx: Transaction) {
  const field = losesPower(values)
  if (!field) return
  const administrators = await rows<{ id: number }>(
    sql`select id from staff where role = 'administrator' and active order by id for update`,
    trx
  )
  if (administrators.length === 1 && administrators[0].id === id) throw InvalidFields.at(field, 'lastAdministrator')
}

function losesPower({ role, active }: Values): string | undefined {
  if (role !== undefined && role !== 'administrator') return 'role'
  return active === false ? 'active' : undefined
}
