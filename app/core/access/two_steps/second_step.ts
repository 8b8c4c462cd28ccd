import encryption from '@adonisjs/core/services/encryption'
import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { tell } from '#core/mail'
import { InvalidFields, type Actor } from '#core/objects'
import { renewCodes, spendCode } from './recovery_codes.js'
import { stepOf } from './totp.js'

/** A secret sealed for one person opens for nobody else. */
const purposeOf = (staffId: number) => `totp:${staffId}`

export async function hasSecondStep(staffId: number): Promise<boolean> {
  const found = await row<{ has: boolean }>(
    sql`select exists (select from staff_second_factors where staff_id = ${staffId}) as has`
  )
  return found!.has
}

/**
 * Turns the second step on, once a code shows that the person's app has the secret; answers the recovery codes. Ends all sessions of
 * the person, so the caller opens a new one. Throws `InvalidFields`.
 */
export async function turnOn(staffId: number, secret: string, code: string, actor: Actor): Promise<string[]> {
  const step = stepOf(code, secret)
  if (step === null) throw InvalidFields.at('code', 'wrongCode')
  return transaction(async (trx) => {
    const sealed = encryption.encrypt(secret, undefined, purposeOf(staffId))
    const made = await execute(
      sql`insert into staff_second_factors (staff_id, secret, last_step) values (${staffId}, ${sealed}, ${step})
        on conflict do nothing`,
      trx
    )
    if (!made) throw InvalidFields.at('code', 'secondStepIsOn')
    await told(staffId, 'secondFactorOn', actor, trx)
    return renewCodes(staffId, trx)
  })
}

/** Also ends all sessions of the person. */
export async function turnOff(staffId: number, actor: Actor): Promise<boolean> {
  return transaction(async (trx) => {
    const gone = await execute(sql`delete from staff_second_factors where staff_id = ${staffId}`, trx)
    if (gone) await told(staffId, 'secondFactorOff', actor, trx)
    return gone > 0
  })
}

async function told(staffId: number, action: 'secondFactorOn' | 'secondFactorOff', actor: Actor, trx: Transaction) {
  await recordChange({ actor, action, object: 'staff', id: staffId }, trx)
  await tell(staffId, { words: action, path: '/profile/two-steps' }, { actor, trx })
}

/** A code of the app, or one of the recovery codes; each opens once. */
export async function provesSecondStep(staffId: number, typed: string): Promise<'code' | 'recovery' | null> {
  const code = typed.replace(/\s/g, '')
  if (/^\d{6}$/.test(code)) return (await provesCode(staffId, code)) ? 'code' : null
  return (await spendCode(staffId, code)) ? 'recovery' : null
}

/** A code is of one step, and a step counts once: who looked over a shoulder comes too late (RFC 6238, 5.2). */
export async function provesCode(staffId: number, code: string): Promise<boolean> {
  const kept = await row<{ secret: string }>(sql`select secret from staff_second_factors where staff_id = ${staffId}`)
  const secret = kept && encryption.decrypt<string>(kept.secret, purposeOf(staffId))
  const step = secret ? stepOf(code, secret) : null
  if (step === null) return false
  return (await execute(
    sql`update staff_second_factors set last_step = ${step} where staff_id = ${staffId} and last_step < ${step}`
  )) === 1
}
