import { transaction } from '#core/database'
import { create, type Actor, type Reader } from '#core/objects'
import { communicationOf } from './communication.js'
import { communicationObject } from './communication_object.js'

/** The same mail once more, not sent yet; its figures start at nothing. Answers its id. */
export async function copy(id: number, reader: Reader, actor: Actor): Promise<number> {
  const { channelId, categoryId, providerId, name, ...original } = await communicationOf(id)
  const { kind, senderName, senderEmail, replyTo, subject, preheader, link, markup, body } = original
  const values = {
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
    provider: providerId,
  }
  return transaction((trx) => create(communicationObject, values, actor, trx))
}
