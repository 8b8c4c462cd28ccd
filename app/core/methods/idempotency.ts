import encryption from '@adonisjs/core/services/encryption'
import { execute, row, sql, type Transaction } from '#core/database'
import { keyedHash } from '#core/secrets'
import { KeyMalformed, KeyUsedOtherwise, StillRunning } from './refusals.js'

/** A call that may be sent twice and happens once: whose key it is, and a hash of what was asked. */
export interface Ticket {
  caller: string
  key: string
  question: Buffer
}

/** A question may hold a password. */
const hashOfQuestion = keyedHash('tessera idempotency')

export function ticketOf(caller: string, key: string | undefined, question: unknown): Ticket | null {
  if (key === undefined) return null
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new KeyMalformed()
  return { caller, key, question: hashOfQuestion(JSON.stringify(question)) }
}

/**
 * What was answered before, looked up ahead of everything else that a call does: a contact that is taken by now, a code that is used, were
 * free when the question came first. Throws `KeyUsedOtherwise`.
 */
export const keptAnswer = (ticket: Ticket): Promise<string | undefined> => answerIn(ticket)

/**
 * Takes the key for this transaction, or answers what was answered the first time. Another call with the key waits here until the first
 * one has committed, and then finds its answer; one that has failed leaves nothing, so the next one may try.
 * Throws `KeyUsedOtherwise`, `StillRunning`.
 */
export async function firstAnswer({ caller, key, question }: Ticket, trx: Transaction): Promise<string | undefined> {
  await execute(sql`set local lock_timeout = '5s'`, trx)
  const taken = await execute(
    sql`insert into method_answers (caller, key, question) values (${caller}, ${key}, ${question}) on conflict do nothing`,
    trx
  ).catch((error) => {
    throw error.code === '55P03' ? new StillRunning() : error
  })
  await execute(sql`set local lock_timeout = default`, trx)
  return taken ? undefined : answerIn({ caller, key, question }, trx)
}

async function answerIn({ caller, key, question }: Ticket, trx?: Transaction): Promise<string | undefined> {
  const kept = await row<{ question: Buffer; answer: string }>(
    sql`select question, answer from method_answers where caller = ${caller} and key = ${key}`,
    trx
  )
  if (!kept) return undefined
  if (!kept.question.equals(question)) throw new KeyUsedOtherwise()
  return encryption.decrypt<string>(kept.answer) ?? undefined
}

/** Answers may hold a token of a session, so they are kept encrypted, for a day. */
export async function keepAnswer({ caller, key }: Ticket, answer: string, trx: Transaction) {
  await execute(
    sql`update method_answers set answer = ${encryption.encrypt(answer)} where caller = ${caller} and key = ${key}`,
    trx
  )
}

/** Answers whose day is over. */
export async function forgetAnswers(): Promise<number> {
  return execute(sql`delete from method_answers where created_at < now() - interval '1 day'`)
}
