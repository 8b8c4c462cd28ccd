import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { execute, row, sql, transaction } from '#core/database'
import { runNow } from '#core/jobs'
import { drainJob } from '#app/communication'
import { recount } from '#app/segments'
import { freeze } from '../../app/communication/audience/freeze.js'
import { compile } from '../../app/communication/content/compile.js'
import { LetterTemplate } from '../../app/communication/content/letter.js'
import { samplePerson } from '../../app/communication/content/person.js'
import { MimeMould } from '../../app/communication/sending/mime.js'
import { findSend, type Frozen } from '../../app/communication/sending/send.js'
import { linkUrl, openUrl, unsubscribeUrl } from '../../app/communication/tracking/addresses.js'
import { aCommunication, aSegment, aSend, termsOfAdvertising } from './mailing.js'
import { race } from './race.js'
import { reader } from './reader.js'

const MOST_MEMBERS = 6_000
/** Of one worker: drainers of a send that it runs, and connections of each. */
const DRAINERS = 1
const CONNECTIONS = 20
const MAIL_BYTES = 9_000

/** One worker, from claims to written results, beside a pool that is handed mail as it is (DATA, 8). */
export default async function send() {
  const sink = fork(new URL('sink.ts', import.meta.url), { execArgv: ['--import=@poppinss/ts-exec'] })
  const [port] = (await once(sink, 'message')) as [number]
  try {
    await measure(port)
  } finally {
    sink.disconnect()
  }
}

async function measure(port: number) {
  const users = await row<{ count: number }>(sql`select count(*) as count from users`)
  const segmentId = await aSegment('recipients of the bench', [
    { field: 'id', operator: 'atMost', value: [String(Math.min(MOST_MEMBERS, Math.ceil(users!.count / 25)))] },
  ])
  await recount(segmentId, reader.timezone)
  const communicationId = await aCommunication(aMail(), await aProvider(port))
  const { id, recipients } = await frozenSend(communicationId, segmentId)
  const raw = await mailOf(id)
  let sendId = id

  await race({
    name: `sending ${recipients.toLocaleString('en')} mails of 9 KB with 10 macros`,
    rows: recipients,
    target: { atLeast: 0.6 },
    bare: () => bareSend(port, recipients, raw),
    prepare: async () => {
      await closing
      sendId = (await frozenSend(communicationId, segmentId)).id
    },
    ours: () => drain(sendId, recipients),
  })
  await closing
}

/** Drainers that look around once more after the last mail; the next send waits for them. */
let closing: Promise<unknown> = Promise.resolve()

/** Until the last result is written down. */
async function drain(sendId: number, recipients: number) {
  const drainers = Array.from({ length: DRAINERS }, (_, drainer) =>
    runNow(drainJob, { send: sendId, drainer }, { actor: { staffId: null }, title: 'bench' })
  )
  closing = Promise.all(drainers)
  while ((await sentOf(sendId)) < recipients) {
    const ended = await Promise.race([closing.then(() => true), pause(20)])
    if (ended && (await sentOf(sendId)) < recipients) throw new Error('The drainers ended before the last mail was sent')
  }
}

async function sentOf(sendId: number) {
  const counted = await row<{ sent: number }>(sql`select sum(sent)::bigint as sent from delivery_chunks where send_id = ${sendId}`)
  return counted!.sent
}

async function bareSend(port: number, mails: number, raw: Buffer) {
  const pool = createTransport({ host: '127.0.0.1', port, pool: true, maxConnections: DRAINERS * CONNECTIONS, maxMessages: 1000, ignoreTLS: true })
  await Promise.all(
    Array.from({ length: mails }, (_, number) =>
      pool.sendMail({ envelope: { from: 'news@example.com', to: `user${number}@example.com` }, raw })
    )
  )
  pool.close()
}

/** One mail of the send as it leaves, so that both give the server the same number of bytes. */
async function mailOf(sendId: number) {
  const { content } = (await findSend(sendId)) as { content: Frozen }
  const unsubscribeLink = unsubscribeUrl('x'.repeat(30))
  const letter = new LetterTemplate(content).fill(samplePerson, { address: 'somebody@example.com', token: 'x'.repeat(30), unsubscribeLink })
  const mould = await MimeMould.of(content, sendId)
  return mould.fill(letter, { to: 'somebody@example.com', messageId: `<${'x'.repeat(30)}@example.com>`, unsubscribeUrl: unsubscribeLink, at: new Date() })
}

async function aProvider(port: number) {
  const created = await row<{ id: number }>(
    sql`insert into mail_providers (name, kind, host, port, security)
      values (${`bench ${port}`}, 'smtp', '127.0.0.1', ${port}, 'none') returning id`
  )
  return created!.id
}

/** As the preparation of a send leaves it. */
async function frozenSend(communicationId: number, segmentId: number) {
  await execute(sql`update sends set state = 'finished' where state = 'sending'`)
  const sendId = await aSend(communicationId, segmentId)
  const communication = await row<any>(
    sql`select sender_name as "senderName", sender_email as "senderEmail", null as "replyTo", subject, null as preheader, class,
        null as link, markup, body, provider_id as "providerId", channel_id as "channelId"
      from communications where id = ${communicationId}`
  )
  const tracking = { link: (position: number) => linkUrl(position, '{{ Token }}'), pixel: openUrl('{{ Token }}') }
  const { content, links } = await compile(communication, tracking)
  const terms = await termsOfAdvertising()
  const { recipients } = await transaction(async (trx) => {
    const judged = await freeze({ id: sendId, communicationId }, { segmentId, identifierIds: [] }, terms, trx)
    const frozen = JSON.stringify({ ...content, providerId: communication.providerId, channelId: terms.channelId, categoryId: null })
    await execute(
      sql`update sends set state = 'sending', content = ${frozen}::jsonb, recipients = ${judged.recipients} where id = ${sendId}`,
      trx
    )
    return judged
  })
  if (!links.length) throw new Error('The mail of the bench has lost its links')
  return { id: sendId, recipients }
}

/** 9 KB, ten macros, a few links: what a shop sends. */
function aMail() {
  const paragraph = '<p style="margin:0 0 16px;font-size:16px;line-height:24px">Скидка на всё, что вы любите.</p>\n'
  const macros = ['GreetingName', 'GivenName', 'MiddleName', 'UserId', 'LastIdentifierValue', 'GivenNameSurname', 'GivenNMiddleN']
  const fields = ['Surname', 'Email', 'ReceiptsCount']
  const named = [...macros.map((macro) => `{{ ${macro} }}`), ...fields.map((field) => `{{ User.${field} }}`)]
  const links = [1, 2, 3].map((number) => `<a href="https://example.com/offers/${number}">Предложение ${number}</a>`)
  const body = [...named, ...links].join('<br>\n')
  return `<html><body>${body}\n${paragraph.repeat(Math.ceil((MAIL_BYTES - Buffer.byteLength(body)) / Buffer.byteLength(paragraph)))}</body></html>`
}
