import { dateTime, flag, money, nameOf, objects, show, worded, type FieldDraft, type Reader } from '#core/objects'
import { signals, type PayloadType } from '#core/signals'
import { inWords } from './in_words.js'
import { titlesOf } from './titles_of.js'

interface Held {
  /** Of an event: the signal says what its data are. */
  signal: unknown
  data: unknown
}

type Titles = Map<unknown, string | null>

/** What events and logs hold as data: `Total: 1 882,31 ₽; Number: MSK-01`. */
export async function dataInWords(held: Held[], reader: Reader): Promise<string[]> {
  const called = new Map<string, Titles>()
  for (const [name, object] of Object.entries(references)) {
    const ids = held.map(({ data }) => (data as Record<string, unknown> | null)?.[name])
    if (ids.some((id) => id !== undefined)) called.set(name, await titlesOf(object, ids, reader))
  }
  return held.map(({ signal, data }) => {
    const types = signals.all().find(({ name }) => name === signal)?.payload ?? {}
    return parts(data, reader, (name, value) => called.get(name)?.get(value) ?? ofType(types[name], value, reader))
  })
}

/** Of which object a reference in the data of an event is. */
const references: Record<string, string> = {
  campaignId: 'campaign', categoryId: 'unsubscribe_category', channelId: 'channel', communicationId: 'communication', documentId: 'document',
  identifierId: 'identifier', labelId: 'label', mergedId: 'user', providerId: 'social_provider', receiptId: 'receipt', referrerId: 'user',
  requestId: 'identifier_request', sendId: 'send',
  sourceId: 'source', ticketId: 'ticket',
}

type Say = (name: string, value: unknown) => string

function parts(data: unknown, reader: Reader, say: Say): string {
  if (Array.isArray(data)) return data.map((one) => parts(one, reader, say)).join('; ')
  if (typeof data !== 'object') return data === undefined ? '' : say('', data)
  return Object.entries(data ?? {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${nameOfValue(name, reader)}: ${typeof value === 'object' ? parts(value, reader, say) : say(name, value)}`)
    .join('; ')
}

/** How a value in the data of an event is called. */
export function nameOfValue(name: string, reader: Reader): string {
  const object = references[name]
  return worded(reader, `personFile.values.${name}`) ?? (object ? nameOf(objects.get(object), 'one', reader) : name)
}

const drafts: Partial<Record<PayloadType, FieldDraft>> = { money: money(), datetime: dateTime(), flag: flag() }

function ofType(type: PayloadType | undefined, value: unknown, reader: Reader): string {
  const draft = type && drafts[type]
  return draft ? show(draft, value, reader) : inWords(value, undefined, reader)
}
