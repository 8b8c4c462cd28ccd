import { type Transaction } from '#core/database'
import { edit, objects, type Actor } from '#core/objects'
import { statusCalled } from './standing.js'

interface Block {
  /** ISO 8601; without it the block lasts until it is lifted. */
  until?: string | Date | null
  reason?: string | null
}

/** Nothing is done for a blocked customer and nothing is sent to them until the block is over (F29). Answers whether anything changed. */
export async function block(userId: number, { until = null, reason = null }: Block, actor: Actor, trx: Transaction): Promise<boolean> {
  return setStanding(userId, { status: await statusCalled('blocked', trx), blockedUntil: until, statusReason: reason }, actor, trx)
}

/** Their identifiers are refused wherever they would be entered again (F29). */
export async function markAsFraud(userId: number, reason: string | null, actor: Actor, trx: Transaction): Promise<boolean> {
  return setStanding(userId, { status: await statusCalled('fraud', trx), blockedUntil: null, statusReason: reason }, actor, trx)
}

/** Lifts a block or a mark of fraud before its time. */
export async function unblock(userId: number, actor: Actor, trx: Transaction): Promise<boolean> {
  return setStanding(userId, { status: await statusCalled('active', trx), blockedUntil: null, statusReason: null }, actor, trx)
}

function setStanding(userId: number, values: { status: number; blockedUntil: unknown; statusReason: string | null }, actor: Actor, trx: Transaction) {
  return edit(objects.get('user'), userId, values, actor, trx)
}
