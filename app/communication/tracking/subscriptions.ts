import { nameIn } from '#core/books'
import { identifier, rows, row, sql, transaction, type Transaction } from '#core/database'
import { type Reader } from '#core/objects'
import { resubscribe, unsubscribe, type Origin, type Subject } from '#app/users'
import { type DeliveryKey } from './token.js'

export interface Book {
  id: number
  name: string
}

/** What a customer gets and does not get: every category that is offered by every such channel (F40). */
export interface Preferences {
  channels: Book[]
  categories: Book[]
  /** `channel:category` of what the customer does get. */
  kept: Set<string>
}

type Pair = Pick<Subject, 'channelId' | 'categoryId'>

const cell = (channelId: number, categoryId: number) => `${channelId}:${categoryId}`

export async function preferencesOf(userId: number, locale: Reader['locale'], trx?: Transaction): Promise<Preferences> {
  const channels = await offered('channels', locale, trx)
  const categories = await offered('unsubscribe_categories', locale, trx)
  const gone = await unsubscriptions(userId, trx)
  const kept = new Set<string>()
  for (const channel of channels) {
    for (const category of categories) {
      if (!gone.some((pair) => covers(pair, channel.id, category.id))) kept.add(cell(channel.id, category.id))
    }
  }
  return { channels, categories, kept }
}

async function offered(book: string, locale: Reader['locale'], trx?: Transaction): Promise<Book[]> {
  return rows<Book>(sql`select b.id, ${nameIn(sql`b`, locale)} as name from ${identifier(book)} b where b.active order by b.position, b.id`, trx)
}

/** Empty stands for all. */
function covers({ channelId, categoryId }: Pair, channel: number, category: number) {
  return (channelId === null || channelId === channel) && (categoryId === null || categoryId === category)
}

/** Makes the unsubscriptions of a customer say exactly what was ticked; what was not shown stays as it was. */
export async function savePreferences(key: DeliveryKey, kept: string[], origin: Origin) {
  await transaction(async (trx) => {
    const { channels, categories } = await preferencesOf(key.userId, 'ru', trx)
    const wanted = pairsLeft(channels, categories, new Set(kept))
    const before = await unsubscriptions(key.userId, trx)
    const userId = key.userId
    const shown = ({ channelId, categoryId }: Pair) => among(channels, channelId) && among(categories, categoryId)
    for (const pair of before.filter((old) => shown(old) && !wanted.some((one) => same(one, old)))) {
      await resubscribe({ userId, ...pair }, origin, trx)
    }
    const added = wanted.filter((one) => !before.some((old) => same(one, old)))
    for (const pair of added) await unsubscribe({ userId, ...pair }, origin, trx)
    if (added.length) await noteUnsubscription(key, trx)
  })
}

/** One unsubscription where it says the same as many: everything, or a whole channel. */
function pairsLeft(channels: Book[], categories: Book[], kept: Set<string>): Pair[] {
  const gone = ({ id: channelId }: Book) => categories.filter((category) => !kept.has(cell(channelId, category.id)))
  const whole = channels.filter((channel) => gone(channel).length === categories.length)
  if (whole.length === channels.length) return [{ channelId: null, categoryId: null }]
  return channels.flatMap<Pair>((channel) =>
    whole.includes(channel)
      ? [{ channelId: channel.id, categoryId: null }]
      : gone(channel).map((category) => ({ channelId: channel.id, categoryId: category.id }))
  )
}

/** Empty stands for all, and all were shown. */
const among = (books: Book[], id: number | null) => id === null || books.some((book) => book.id === id)

function same(one: Pair, other: Pair) {
  return one.channelId === other.channelId && one.categoryId === other.categoryId
}

async function unsubscriptions(userId: number, trx?: Transaction) {
  return rows<Pair>(
    sql`select channel_id as "channelId", category_id as "categoryId" from user_unsubscribes where user_id = ${userId}`,
    trx
  )
}

/**
 * What the button of a mail program does (RFC 8058): no more mails of this category; where the mail had none, no more mails.
 * Repeating it changes nothing.
 */
export async function leave(key: DeliveryKey, origin: Origin) {
  await transaction(async (trx) => {
    const pair = await row<{ channelId: number; categoryId: number | null }>(
      sql`select (s.content->>'channelId')::bigint as "channelId", (s.content->>'categoryId')::bigint as "categoryId"
        from sends s join deliveries d on d.send_id = s.id
        where s.id = ${key.sendId} and d.user_id = ${key.userId} and d.identifier_id = ${key.identifierId} and d.user_id > 0`,
      trx
    )
    if (pair && (await unsubscribe({ userId: key.userId, ...pair }, origin, trx))) await noteUnsubscription(key, trx)
  })
}

/** The mail that made somebody leave is told so once. */
export async function noteUnsubscription(key: DeliveryKey, trx: Transaction) {
  await row(
    sql`insert into reactions (user_id, identifier_id, send_id, communication_id, kind)
      select d.user_id, d.identifier_id, d.send_id, d.communication_id, 'unsubscribe' from deliveries d
      where d.send_id = ${key.sendId} and d.user_id = ${key.userId} and d.identifier_id = ${key.identifierId} and not exists (
        select 1 from reactions r where r.send_id = d.send_id and r.kind = 'unsubscribe' and r.user_id = d.user_id
      )`,
    trx
  )
}
