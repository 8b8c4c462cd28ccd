import { transaction } from '#core/database'
import { create, find, plain, type Actor, type Reader, type Values } from '#core/objects'
import { communicationOf } from './communication.js'
import { communicationObject } from './communication_object.js'

/** The same mail once more, not sent yet; its figures start at nothing. Answers its id. */
export async function copy(id: number, reader: Reader, actor: Actor): Promise<number> {
  const { channelId, categoryId, campaignId, providerId, name, ...original } = await communicationOf(id)
  const { kind, senderName, senderEmail, replyTo, subject, preheader, link, markup, body } = original
  const values = {
    ...(await furtherOf(id)),
    kind,
    class: original.class,
    senderName,
    senderEmail,
    replyTo,
    subject,
    preheader,
    link,
    markup,
    body,
    name: reader.t('communication.copyOf', { name }).slice(0, 200),
    channel: channelId,
    category: categoryId,
    campaign: campaignId,
    provider: providerId,
  }
  return transaction((trx) => create(communicationObject, values, actor, trx))
}

/** Fields that an administrator added are part of the mail. */
async function furtherOf(id: number): Promise<Values> {
  const names = [...communicationObject.fields.values()].filter(({ attribute }) => attribute).map(({ name }) => name)
  const { id: _, ...kept } = (await find(communicationObject, id, plain, names))!
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, referred(value)]))
}

const referred = (value: unknown) => (value && typeof value === 'object' && 'title' in value ? (value as { id?: unknown }).id : value)
