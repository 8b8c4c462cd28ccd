import { row, sql, type Sql, type Transaction } from '#core/database'
import { dateTime, DomainError, show, type Reader } from '#core/objects'
import { isNow } from '../merge/canonical.js'
import { lockPerson } from '../merge/lock_person.js'
import { standingOf, type Standing } from './standing.js'

/** The customer is blocked, until a moment or for good. */
export class UserBlocked extends DomainError {
  readonly code: string
  override readonly status = 403

  constructor(readonly until: Date | null) {
    super({ until: until?.toISOString() })
    this.code = until ? 'userBlockedUntil' : 'userBlocked'
  }

  override words(reader: Reader) {
    return { until: this.until && show(dateTime(), this.until, reader) }
  }
}

/** The customer was found to cheat. */
export class UserIsFraud extends DomainError {
  readonly code = 'userIsFraud'
  override readonly status = 403
}

/** The customer was deleted, their personal data is erased, or there never was one. */
export class UserGone extends DomainError {
  readonly code = 'userGone'
  override readonly status = 404
}

/** What `admitUser` refuses, as programs are told it. */
export const unserved = { userBlocked: 403, userBlockedUntil: 403, userIsFraud: 403, userGone: 404 }

/** Who a customer is now, and how they stand. */
export interface Candidate {
  id: number
  standing: Standing
  until: Date | null
}

/** The candidate, by whatever id they are known; no row: erased, deleted or never known. */
export const candidate = (id: Sql): Sql =>
  sql`(select u.id, ${standingOf(sql`u`)} as standing, u.blocked_until as until from users u
    where ${isNow(sql`u`, id)} and u.erased_at is null)`

/**
 * Lets a customer be served, by whatever id they are known, or throws why not (F29): `UserBlocked`, `UserIsFraud`, `UserGone`. Answers who
 * they are now: what follows is done for that id, and nobody merges, blocks or erases them before it is over. A block is over when its time
 * is, whether or not the daily job has said so yet.
 */
export async function admitUser(userId: number, trx: Transaction): Promise<number> {
  return admit(await candidateOf(await lockPerson(userId, trx), trx))
}

export function candidateOf(id: number, trx?: Transaction): Promise<Candidate | undefined> {
  return row<Candidate>(sql`select * from ${candidate(sql`${id}::bigint`)} c`, trx)
}

/** The same of a candidate who was found already. */
export function admit(found: Candidate | undefined): number {
  if (!found || found.standing === 'deleted') throw new UserGone()
  if (found.standing === 'fraud') throw new UserIsFraud()
  if (found.standing === 'blocked') throw new UserBlocked(found.until)
  return found.id
}
