import { execute, row, sql, type Sql, type Transaction } from '#core/database'
import { communicationOf, compile, freeze, type Link } from '#app/communication'
import { promotion, welcome } from './mails.js'

/** Two mails, one of which was sent to the loyal customers `at` a moment that is past. */
export async function loadMailings(segment: string, at: Date, trx: Transaction) {
  await write(welcome, at, trx)
  const communicationId = await write(promotion, at, trx)
  const send = await finishedSend(communicationId, segment, at, trx)
  await answer(send, at, trx)
  await react(send, trx)
}

async function write({ category, ...mail }: typeof welcome, at: Date, trx: Transaction) {
  const { name, subject, preheader, link, body } = mail
  const written = await row<{ id: number }>(
    sql`insert into communications (name, created_at, updated_at, channel_id, provider_id, category_id, sender_name, sender_email,
        subject, preheader, link, markup, body)
      select ${name}, ${at}, ${at}, ch.id, (select min(id) from mail_providers), cat.id, 'Тессера', 'news@shop.example.com', ${subject},
        ${preheader}, ${link}, 'mjml', ${body}
      from channels ch, unsubscribe_categories cat where ch.code = 'email' and cat.code = ${category}
      returning id`,
    trx
  )
  return written!.id
}

/** Frozen by the rules of the product, so that nobody is in it who should not be. */
async function finishedSend(communicationId: number, segment: string, at: Date, trx: Transaction) {
  const { providerId, channelId, categoryId, ...draft } = await communicationOf(communicationId, trx)
  const { content, links } = await compile(draft, { link: (position) => `/l/${position}/{{ Token }}`, pixel: '/o/{{ Token }}.gif' })
  const created = await row<{ id: number; segmentId: number }>(
    sql`insert into sends (communication_id, segment_id, state, created_at, updated_at, started_at, finished_at, content, staff_id)
      select ${communicationId}, s.id, 'finished', ${at}, ${at}, ${at}::timestamptz + interval '30 s', ${at}::timestamptz + interval '70 s',
        ${JSON.stringify({ ...content, providerId, channelId, categoryId })}::jsonb,
        (select id from staff where role = 'marketer' order by id limit 1)
      from segments s where s.name = ${segment}
      returning id, segment_id as "segmentId"`,
    trx
  )
  const { id, segmentId } = created!
  const terms = { class: draft.class, channelId, categoryId, testCustomers: false }
  const { recipients, excluded } = await freeze({ id, communicationId }, { segmentId, identifierIds: [] }, terms, trx)
  await execute(sql`update sends set recipients = ${recipients}, excluded = ${JSON.stringify(excluded)}::jsonb where id = ${id}`, trx)
  await writeLinks(id, links, at, trx)
  return id
}

async function writeLinks(sendId: number, links: Link[], at: Date, trx: Transaction) {
  for (const { position, url } of links) {
    await execute(
      sql`insert into send_links (created_at, send_id, position, url) values (${at}, ${sendId}, ${position}, ${url})`,
      trx
    )
  }
}

/** A number from 0 to 99 that stays with a customer, another for each question. */
const luck = (question: number): Sql => sql`abs(hashint8extended(d.user_id, ${question}::bigint) % 100)`

/** The mail servers took nearly all of it. */
async function answer(sendId: number, at: Date, trx: Transaction) {
  await execute(
    sql`update deliveries d set tries = 1, created_at = ${at}, updated_at = ${at},
        state = case when ${luck(1)} < 2 then 'failed' else 'sent' end,
        answer = case when ${luck(1)} < 2 then '452 4.2.2 The mailbox is full' else '250 2.0.0 Ok: queued' end,
        sent_at = case when ${luck(1)} >= 2 then ${at}::timestamptz + interval '30 s' + ${luck(2)} * interval '0.4 s' end
      where send_id = ${sendId}`,
    trx
  )
  await execute(
    sql`update delivery_chunks c set done = true, sent = n.sent, failed = n.failed
      from (
        select c.chunk, count(*) filter (where d.state = 'sent') as sent, count(*) filter (where d.state = 'failed') as failed
        from delivery_chunks c join deliveries d on d.send_id = c.send_id and d.user_id between c.from_user and c.to_user
        where c.send_id = ${sendId} group by c.chunk
      ) n
      where c.send_id = ${sendId} and c.chunk = n.chunk`,
    trx
  )
}

/** Half open it, most of them on the first day; some follow a link, one or two leave. */
async function react(sendId: number, trx: Transaction) {
  await add('open', sendId, sql`${luck(3)} < 47`, sql`${luck(4)} ^ 2 * interval '20 s'`, trx)
  await add('open', sendId, sql`${luck(3)} < 12`, sql`interval '1 day' + ${luck(5)} * interval '9 min'`, trx)
  await add('click', sendId, sql`${luck(3)} < 14`, sql`${luck(4)} ^ 2 * interval '20 s' + interval '40 s'`, trx)
  await add('hard_bounce', sendId, sql`${luck(3)} = 98 and ${luck(6)} < 60`, sql`interval '3 min'`, trx)
  await add('complaint', sendId, sql`${luck(3)} = 46 and ${luck(6)} < 40`, sql`interval '5 hours'`, trx)
  await add('unsubscribe', sendId, sql`${luck(3)} = 45`, sql`interval '2 hours'`, trx)
  await unsubscribeThem(sendId, trx)
}

async function add(kind: string, sendId: number, who: Sql, later: Sql, trx: Transaction) {
  await execute(
    sql`insert into reactions (created_at, user_id, identifier_id, send_id, communication_id, kind, link_id)
      select d.sent_at + ${later}, d.user_id, d.identifier_id, d.send_id, d.communication_id, ${kind}::text,
        case when ${kind}::text = 'click' then (
          select l.id from send_links l where l.send_id = d.send_id order by l.position
          offset (case when ${luck(7)} < 70 then 0 else 1 end) limit 1
        ) end
      from deliveries d where d.send_id = ${sendId} and d.state = 'sent' and ${who}`,
    trx
  )
}

/** What they said holds from then on. */
async function unsubscribeThem(sendId: number, trx: Transaction) {
  await execute(
    sql`with left_us as (
        insert into user_unsubscribes (user_id, created_at, channel_id, category_id, source)
        select r.user_id, r.created_at, c.channel_id, c.category_id, 'one_click'
        from reactions r join communications c on c.id = r.communication_id
        where r.send_id = ${sendId} and r.kind = 'unsubscribe'
        on conflict do nothing
        returning user_id, created_at
      )
      insert into consent_log (user_id, created_at, kind, value, subject, source, document_id, document_version, text_hash)
      select l.user_id, l.created_at, 'unsubscribe', true, 'email/promotions', 'one_click', d.id, d.version, d.text_hash
      from left_us l join consent_documents d on d.kind = 'communication'`,
    trx
  )
}
