import vine from '@vinejs/vine'
import { defineMethod, type Running } from '#core/methods'
import { line } from '../accounts/sent.js'
import { offeredBooks, wholeBooks, type Choosable } from './books.js'
import { cellOf, cellsOf, pairNamed } from './cells.js'
import { openPair } from './open_pair.js'
import { preferencesOf, savePreferences, type Preferences } from './preferences.js'
import { regimes, type Regime } from './regime.js'
import { byCall } from './said_by.js'
import { unsubscribe } from './unsubscriptions.js'

const choosable = () => vine.array(vine.object({ code: vine.string(), name: vine.string() }))
const code = () => line(100).minLength(1)
const pair = () => vine.object({ channel: code(), category: code() })

/** What a customer gets now, with the books to draw the boxes of. */
const subscriptions = () =>
  vine.create({ communicationAgree: vine.boolean(), regime: vine.enum(regimes), channels: choosable(), categories: choosable(), kept: vine.array(pair()) })

const example = {
  communicationAgree: true,
  regime: 'except' as const,
  channels: [{ code: 'email', name: 'Email' }, { code: 'sms', name: 'SMS' }],
  categories: [{ code: 'news', name: 'Новости' }],
  kept: [{ channel: 'email', category: 'news' }],
}

/** What the customer gets: channels, categories, and the pairs of them that are kept (F37, F40). */
export const getUnsubscribe = defineMethod({
  name: 'user/getUnsubscribe',
  caller: 'customer',
  reads: true,
  input: vine.create({}),
  output: subscriptions(),
  example: { input: {}, output: example },
  run: async (call) => ({ output: shown(await present(call)) }),
})

/** Makes exactly these pairs be kept. */
export const updateUnsubscribe = defineMethod({
  name: 'user/updateUnsubscribe',
  caller: 'customer',
  input: vine.create({ regime: vine.enum(regimes).optional(), kept: vine.array(pair()).maxLength(1000) }),
  output: subscriptions(),
  example: { input: { kept: [{ channel: 'email', category: 'news' }] }, output: example },
  async run(call) {
    const before = await present(call)
    const kept = call.input.kept.flatMap(({ channel, category }) => cellsOf(before, pairNamed(before, channel, category)))
    return { output: await keep(call, new Set(kept), call.input.regime ?? before.regime) }
  },
})

const some = () => vine.create({ channel: code().optional(), category: code().optional() })

/** From now on these are kept; a channel or a category that is not named stands for all of them. */
export const subscribeUser = defineMethod({
  name: 'user/subscribe',
  caller: 'customer',
  input: some(),
  output: subscriptions(),
  example: { input: { channel: 'email', category: 'news' }, output: example },
  async run(call) {
    const { input, userId, reader, trx } = call
    const named = pairNamed(await offeredBooks(reader.locale, trx), input.channel, input.category)
    await openPair({ userId: userId!, named, agreed: true }, byCall(call), trx)
    return { output: shown(await present(call)) }
  },
})

/** From now on these are not, also those that are offered no more; without a channel and a category nothing is. */
export const unsubscribeUser = defineMethod({
  name: 'user/unsubscribe',
  caller: 'customer',
  input: some(),
  output: subscriptions(),
  example: { input: { channel: 'sms' }, output: example },
  async run(call) {
    const { input, userId, reader, trx } = call
    const named = pairNamed(await wholeBooks(reader.locale, trx), input.channel, input.category)
    await unsubscribe({ userId: userId!, ...named }, byCall(call), trx)
    return { output: shown(await present(call)) }
  },
})

type Said = Running<unknown>

const present = ({ userId, reader, trx }: Said) => preferencesOf(userId!, reader.locale, trx)

async function keep(call: Said, kept: Set<string>, regime: Regime) {
  await savePreferences(call.userId!, kept, regime, byCall(call), call.trx)
  return shown(await present(call))
}

function shown({ agreed, regime, channels, categories, kept }: Preferences) {
  const named = ({ code: said, name }: Choosable) => ({ code: said, name })
  const pairs = channels.flatMap((channel) =>
    categories.filter(({ id }) => kept.has(cellOf(channel.id, id))).map((category) => ({ channel: channel.code, category: category.code }))
  )
  return { communicationAgree: agreed, regime, channels: channels.map(named), categories: categories.map(named), kept: pairs }
}
