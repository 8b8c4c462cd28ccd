import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { DomainError, type Actor } from '#core/objects'
import { linkMailJob } from './link_mail_job.js'
import { newLink, type LinkKind } from './link.js'

/** The person has a password already, or may not sign in. */
class NotInvited extends DomainError {
  readonly code = 'notInvited'
}

/** The person has no password that could be restored, or may not sign in. */
class NothingToRestore extends DomainError {
  readonly code = 'nothingToRestore'
}

/** Invites a person anew; the link of an earlier mail dies. Throws `NotInvited`. */
export async function inviteAgain(id: number, actor: Actor) {
  await transaction(async (trx) => {
    if (!(await isInvited(id, trx))) throw new NotInvited()
    await mail(id, 'invitation', actor, trx)
    await recordChange({ actor, action: 'invite', object: 'staff', id }, trx)
  })
}

/**
 * Everybody who may sign in, has no password and no link is sent one: who was just added, whose address was put right, who may sign in
 * again. In the transaction of that change.
 */
export async function inviteIfNew(id: number, trx: Transaction, actor: Actor) {
  const found = await row<{ fresh: boolean }>(
    sql`select not exists (select from staff_links l where l.staff_id = s.id) as fresh from staff s
      where s.id = ${id} and s.active and s.password is null`,
    trx
  )
  if (found?.fresh) await mail(id, 'invitation', actor, trx)
}

/** The person stays in the list, since the audit log names them, and may not come in. Throws `NotInvited`. */
export async function withdraw(id: number, actor: Actor) {
  await transaction(async (trx) => {
    if (!(await isInvited(id, trx))) throw new NotInvited()
    await execute(sql`update staff set active = false, updated_at = now() where id = ${id}`, trx)
    await recordChange({ actor, action: 'withdraw', object: 'staff', id }, trx)
  })
}

/** An administrator has somebody's password renewed, without ever knowing it. Throws `NothingToRestore`. */
export async function sendRestore(id: number, actor: Actor) {
  await transaction(async (trx) => {
    const person = await locked(id, trx)
    if (!person?.active || person.invited) throw new NothingToRestore()
    await mail(id, 'restore', actor, trx)
    await recordChange({ actor, action: 'askRestore', object: 'staff', id }, trx)
  })
}

async function isInvited(id: number, trx: Transaction) {
  const person = await locked(id, trx)
  return person?.active && person.invited
}

const locked = (id: number, trx: Transaction) =>
  row<{ active: boolean; invited: boolean }>(
    sql`select active, password is null as invited from staff where id = ${id} for update`,
    trx
  )

async function mail(staffId: number, kind: LinkKind, actor: Actor, trx: Transaction) {
  const link = await newLink(staffId, kind, trx)
  const person = await row<{ name: string }>(sql`select name from staff where id = ${staffId}`, trx)
  await linkMailJob.start({ link }, { actor, trx, title: person!.name, subject: { object: 'staff', id: staffId } })
}
