import { randomBytes } from 'node:crypto'
import { execute, sql, type Sql, type Transaction } from '#core/database'
import { newSigningSecret, sealed } from '#core/secrets'

/** What comes in where customers are looked after: sign-ins, codes, papers, requests, likely duplicates. */
export async function lookAfterCustomers(trx: Transaction) {
  await labelCustomers(trx)
  await letCustomersIn(trx)
  await takeDocuments(trx)
  await pairCustomers(trx)
  await askAboutData(trx)
  await connectOthers(trx)
}

/** The customer with this number in the demo. */
const customer = (number: number): Sql => sql`(select id from users where external_id = ${`demo-${String(number).padStart(4, '0')}`})`
const source = (code: string): Sql => sql`(select id from sources where code = ${code})`
const club = sql`(select id from campaigns where code = 'club')`

async function labelCustomers(trx: Transaction) {
  await execute(
    sql`insert into labels (code, name_ru, name_en, position) values
      ('regular', 'Постоянный гость', 'Regular guest', 1), ('bakery', 'Любит выпечку', 'Loves bakery', 2), ('call', 'Просит звонить', 'Prefers calls', 3)`,
    trx
  )
  await execute(
    sql`insert into user_labels (user_id, label_id, source, created_at)
      select u.id, l.id, 'import', u.created_at from users u join labels l on u.id % (3 + l.position * 4) = l.position where u.id <= 400`,
    trx
  )
}

/** Members of the club who came by the site: they agreed to its rules, signed in and confirmed what they gave. */
async function letCustomersIn(trx: Transaction) {
  await execute(
    sql`with members as (
        select u.id, u.created_at, d.version, d.text_hash as hash, d.id as document_id
        from users u, consent_documents d
        where d.kind = 'campaign' and u.registration_source_id = ${source('site')} and u.personal_data_agree and u.id % 5 = 1
      ), agreed as (
        insert into user_campaign_agrees (user_id, campaign_id, value, created_at, updated_at)
        select id, ${club}, true, created_at, created_at from members
      )
      insert into consent_log (user_id, created_at, kind, value, campaign_id, source, source_id, document_version, document_id, text_hash)
      select id, created_at, 'campaign', true, ${club}, 'api', ${source('site')}, version, document_id, hash from members`,
    trx
  )
  await execute(
    sql`insert into user_sessions (user_id, source_id, created_at, hash, method, address, agent, last_seen_at, idle_days, expires_at)
      select u.id, ${source('site')}, now() - n * interval '9 days', sha256(('demo session ' || u.id || ' ' || n)::bytea),
        case n when 1 then 'user/login' else 'user/loginWithoutPassword' end, '203.0.113.' || (u.id % 200 + n),
        case n when 1 then 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/140.0' else 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604.1' end,
        now() - n * interval '3 hours', 30, now() + (365 - n * 9) * interval '1 day'
      from users u, generate_series(1, 2) n where u.id <= 40 and u.personal_data_agree`,
    trx
  )
  await execute(
    sql`insert into user_tickets (user_id, identifier_id, generator_id, source_id, purpose, created_at, updated_at, code_hash, tries, expires_at, confirmed, confirmed_at)
      select i.user_id, i.id, g.id, ${source('site')}, 'confirm', i.created_at, i.created_at, sha256(('demo code ' || i.id)::bytea), 1,
        i.created_at + interval '10 minutes', i.confirmed, i.confirmed_at
      from user_identifiers i join ticket_generators g on g.identifier_type = i.type and g.campaign_id is null
      where i.type = 'email' and i.user_id <= 60`,
    trx
  )
}

const photo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM8U9lZDwAFyQIrxQqLvwAAAABJRU5ErkJggg==', 'base64')

async function takeDocuments(trx: Transaction) {
  const sent = [
    { number: 7, name: 'чек-12-мая.png', type: 'receipt', set: null, status: 'new', comment: null },
    { number: 11, name: 'анкета-1.png', type: 'form', set: 'анкета', status: 'accepted', comment: null },
    { number: 11, name: 'анкета-2.png', type: 'form', set: 'анкета', status: 'accepted', comment: null },
    { number: 15, name: 'справка.png', type: 'certificate', set: null, status: 'rejected', comment: 'Не видно печати' },
  ]
  for (const { number, name, type, set, status, comment } of sent) {
    await execute(
      sql`with file as (
          insert into files (name, content_type, size) values (${name}, 'image/png', ${photo.length}) returning id
        ), chunk as (
          insert into file_chunks (file_id, position, body) select id, 0, ${photo} from file
        )
        insert into user_documents (user_id, file_id, source_id, name, type, set, status, comment)
        select ${customer(number)}, id, ${source('site')}, ${name}, ${type}, ${set}, ${status}, ${comment} from file`,
      trx
    )
  }
}

/** People who came twice: one name and one birthday, found by the product; and two whom somebody holds for one. */
async function pairCustomers(trx: Transaction) {
  for (const [one, other] of [[21, 22], [31, 45]]) {
    await execute(
      sql`update users set (surname, given_name, middle_name, gender_id, birth_date) =
          (select surname, given_name, middle_name, gender_id, coalesce(birth_date, '1987-03-14') from users where id = ${customer(one)})
        where id = ${customer(other)}`,
      trx
    )
    await execute(sql`update users set birth_date = coalesce(birth_date, '1987-03-14') where id = ${customer(one)}`, trx)
    await pair(one, other, 'name', trx)
  }
  await pair(52, 53, 'by_hand', trx)
}

async function pair(one: number, other: number, reason: string, trx: Transaction) {
  await execute(
    sql`insert into user_duplicates (user_id, other_id, reason)
      values (least(${customer(one)}, ${customer(other)}), greatest(${customer(one)}, ${customer(other)}), ${reason})`,
    trx
  )
}

async function askAboutData(trx: Transaction) {
  await execute(
    sql`insert into privacy_requests (user_id, kind, reason, source) values
      (${customer(33)}, 'export', 'Письмо от 12 мая, вх. № 48', 'back_office'),
      (${customer(34)}, 'erasure', 'Звонок в поддержку', 'back_office')`,
    trx
  )
}

/** Another system that is told of events and a provider of sign-in: both switched off, since there is nobody behind them. */
async function connectOthers(trx: Transaction) {
  await execute(
    sql`insert into webhooks (name, url, every_signal, signals, active, secret)
      values ('CRM', 'https://crm.example/hooks/tessera', false, array['user.register', 'consent.given', 'consent.withdrawn'], false, ${sealed(newSigningSecret())})`,
    trx
  )
  await execute(
    sql`insert into social_providers (name, code, issuer, client_id, client_secret, active)
      values ('Google', 'google', 'https://accounts.google.com', 'lavka-club', ${sealed(randomBytes(16).toString('hex'))}, false)`,
    trx
  )
}
