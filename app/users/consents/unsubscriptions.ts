import { execute, identifier, row, rows, sql, transaction, type Sql, type Transaction } from '#core/database'
import { type Actor, type Values } from '#core/objects'
import { lockPerson } from '../merge/lock_person.js'
import { agreedDocument } from './agreed_document.js'
import { lastMergeWord } from './last_merge_word.js'
import { byActor, type Origin } from './said_by.js'
import { userSubscribed, userUnsubscribed } from './signals.js'

export interface Subject {
  userId: number
  /** Null: every channel. */
  channelId: number | null
  /** Null: every category. */
  categoryId: number | null
}

/** What was left, and, for who agreed only to what they chose, what was chosen (F35, F37). */
export const lists = { unsubscribe: 'user_unsubscribes', subscribe: 'user_subscriptions' } as const
export type List = keyof typeof lists

/** What of channels and categories such a list holds of a customer. */
export async function pairsIn(list: List, userId: number, trx?: Transaction) {
  return rows<Omit<Subject, 'userId'>>(
    sql`select channel_id as "channelId", category_id as "categoryId" from ${identifier(lists[list])} where user_id = ${userId}`,
    trx
  )
}

/** Records that a customer wants no more of a channel, a category or both (F37). Repeating it changes nothing, but is a word of its own after a merge. */
export const unsubscribe = (subject: Subject, origin: Origin, trx?: Transaction) => add('unsubscribe', subject, origin, trx)

/** Takes an unsubscription of exactly this channel and category back. */
export const resubscribe = (subject: Subject, origin: Origin, trx?: Transaction) => take('unsubscribe', subject, origin, trx)

/** Chooses a channel, a category or both, under the regime "agree only to". Repeating it changes nothing. */
export const choose = (subject: Subject, origin: Origin, trx?: Transaction) => add('subscribe', subject, origin, trx)

/** Takes such a choice back. */
export const unchoose = (subject: Subject, origin: Origin, trx?: Transaction) => take('subscribe', subject, origin, trx)

async function add(list: List, said: Subject, origin: Origin, trx?: Transaction): Promise<boolean> {
  if (!trx) return transaction((own) => add(list, said, origin, own))
  const { channelId, categoryId } = said
  const userId = await lockPerson(said.userId, trx)
  const subject = { ...said, userId }
  const written = await execute(
    sql`insert into ${identifier(lists[list])} (user_id, channel_id, category_id, source)
      values (${userId}, ${channelId}, ${categoryId}, ${origin.source}) on conflict do nothing`,
    trx
  )
  if (written || (list === 'unsubscribe' && (await isNewSinceMerge(subject, trx)))) await tell(list, true, subject, origin, trx)
  return written > 0
}

async function take(list: List, said: Subject, origin: Origin, trx?: Transaction): Promise<boolean> {
  if (!trx) return transaction((own) => take(list, said, origin, own))
  const { channelId, categoryId } = said
  const userId = await lockPerson(said.userId, trx)
  const subject = { ...said, userId }
  const removed = await execute(
    sql`delete from ${identifier(lists[list])} where user_id = ${userId}
      and channel_id is not distinct from ${channelId} and category_id is not distinct from ${categoryId}`,
    trx
  )
  if (removed) await tell(list, false, subject, origin, trx)
  return removed > 0
}

/** A row that a member of staff added by hand; whose it is and what of is never changed. */
export const keptByHand = (list: List) => async (_id: number, values: Values, trx: Transaction, actor: Actor) => {
  if (!('user' in values)) return
  const subject = { userId: values.user as number, channelId: idOf(values.channel), categoryId: idOf(values.category) }
  await tell(list, true, subject, byActor(actor), trx)
}

export const removedByHand = (list: List) => async (id: number, trx: Transaction, actor: Actor) => {
  const removed = await row<Subject>(
    sql`select user_id as "userId", channel_id as "channelId", category_id as "categoryId" from ${identifier(lists[list])} where id = ${id}`,
    trx
  )
  if (removed) await take(list, removed, byActor(actor), trx)
}

async function isNewSinceMerge({ userId, channelId, categoryId }: Subject, trx: Transaction): Promise<boolean> {
  const found = await row(
    sql`select where ${lastMergeWord(sql`${userId}::bigint`)} >= coalesce((
        select max(l.id) from consent_log l where l.user_id = ${userId} and l.kind = 'unsubscribe' and l.value
          and l.subject = ${inLog(sql`${channelId}::bigint`, sql`${categoryId}::bigint`)}
      ), 0)`,
    trx
  )
  return Boolean(found)
}

/** A channel and a category by their codes, as the log names them. */
export const inLog = (channelId: Sql, categoryId: Sql): Sql => sql`concat_ws('/',
  coalesce((select c.code from channels c where c.id = ${channelId}), '*'),
  coalesce((select c.code from unsubscribe_categories c where c.id = ${categoryId}), '*'))`

/** The append-only log keeps the proof, the signal tells the others. */
async function tell(list: List, value: boolean, subject: Subject, origin: Origin, trx: Transaction) {
  const { userId, channelId, categoryId } = subject
  const word = await row<{ subject: string }>(
    sql`insert into consent_log
        (user_id, kind, value, subject, document_id, document_version, text_hash, source, source_id, method, ip, staff_id)
      select ${userId}::bigint, ${list}, ${value}::boolean,
        ${inLog(sql`${channelId}::bigint`, sql`${categoryId}::bigint`)}, agreed.document_id, agreed.document_version, agreed.text_hash,
        ${origin.source}, ${origin.sourceId ?? null}::bigint, ${origin.method ?? null}, ${origin.ip ?? null}, ${origin.staffId ?? null}::bigint
      from (select) one left join ${agreedDocument(sql`${userId}::bigint`)} agreed on true returning subject`,
    trx
  )
  const signal = (list === 'unsubscribe') === value ? userUnsubscribed : userSubscribed
  const { source, sourceId, context } = origin
  await signal.publish({ userId, context, channelId, categoryId, subject: word!.subject, source, sourceId: sourceId ?? undefined }, trx)
}

function idOf(value: unknown): number | null {
  return (value as number | null | undefined) ?? null
}
