import { execute, sql, type Transaction } from '#core/database'
import { aName, inLatin, type Name } from './names.js'
import { type Random } from './random.js'
import { stage } from './stage.js'

const DAY = 86_400_000
const HOW_MANY = 2_000
const MONTHS_OF_HISTORY = 30

/** Every customer of the demo carries it, so that they are told from real ones. */
export const DEMO_PREFIX = 'demo-'

export interface Customer extends Name {
  external_id: string
  created_at: Date
  birth_date: string | null
  status: 'active' | 'blocked' | 'fraud'
  is_test: boolean
  source: string
  personal_data: boolean
  communication: boolean
  /** When the consent to advertising was taken back. */
  revoked_at: Date | null
  email: string | null
  email_confirmed: boolean
  phone: string | null
  card: string | null
  /** Categories of mail that they want no more; `*` is all of it. */
  unsubscribed: string | null
}

/** By the codes of the reference book. */
const sources = ['till', 'site', 'app', 'form']
const mailDomains = ['example.com', 'example.org', 'example.net']

export function someCustomers(random: Random, now: Date): Customer[] {
  const customers = Array.from({ length: HOW_MANY }, (_, index) => aCustomer(index + 1, random, now))
  return customers.sort((one, other) => Number(one.created_at) - Number(other.created_at))
}

function aCustomer(number: number, random: Random, now: Date): Customer {
  const name = aName(random)
  const created = new Date(Number(now) - random.fraction() ** 1.2 * MONTHS_OF_HISTORY * 30 * DAY - DAY)
  const personalData = random.chance(0.97)
  const communication = personalData && random.chance(0.88)
  const revoked = communication && random.chance(0.04)
  return {
    ...name,
    external_id: `${DEMO_PREFIX}${String(number).padStart(4, '0')}`,
    created_at: created,
    birth_date: random.chance(0.92) ? birthDate(random, now) : null,
    status: random.chance(0.006) ? 'blocked' : random.chance(0.002) ? 'fraud' : 'active',
    is_test: number % 400 === 7,
    source: random.pickEarly(sources, 1.5),
    personal_data: personalData,
    communication: communication && !revoked,
    revoked_at: revoked ? new Date(random.between(Number(created), Number(now))) : null,
    ...addresses(name, number, random),
    unsubscribed: communication && random.chance(0.05) ? random.pickEarly(['promotions', '*', 'news', 'digest'], 1.5) : null,
  }
}

/** Domains and numbers that belong to nobody (RFC 2606; a range of no operator). */
function addresses({ givenName, surname }: Name, number: number, random: Random) {
  const name = `${inLatin(givenName)}.${inLatin(surname)}${number}`
  return {
    email: random.chance(0.86) ? `${name}@${random.pickEarly(mailDomains)}` : null,
    email_confirmed: random.chance(0.94),
    phone: random.chance(0.93) ? `+7900000${String(number).padStart(4, '0')}` : null,
    card: random.chance(0.7) ? `2900${String(number * 7919).padStart(9, '0')}` : null,
  }
}

function birthDate(random: Random, now: Date) {
  const age = Math.min(86, Math.max(18, 43 + 15 * random.normal()))
  return new Date(Number(now) - age * 365.25 * DAY).toISOString().slice(0, 10)
}

export async function loadCustomers(customers: Customer[], trx: Transaction) {
  const people = stage(customers, {
    external_id: 'text',
    created_at: 'timestamptz',
    surname: 'text',
    givenName: 'text',
    middleName: 'text',
    gender: 'text',
    birth_date: 'date',
    status: 'text',
    is_test: 'boolean',
    source: 'text',
    personal_data: 'boolean',
    communication: 'boolean',
  })
  await execute(
    sql`insert into users (external_id, created_at, updated_at, surname, given_name, middle_name, gender_id, birth_date,
        status_id, is_test, registration_source_id, personal_data_agree, communication_agree)
      select s.external_id, s.created_at, s.created_at, s.surname, s."givenName", s."middleName", g.id, s.birth_date,
        t.id, s.is_test, r.id, s.personal_data, s.communication
      from ${people} join genders g on g.code = s.gender join user_statuses t on t.code = s.status
        join sources r on r.code = s.source
      order by s.created_at`,
    trx
  )
  await loadIdentifiers(customers, trx)
  await loadConsents(customers, trx)
  await loadUnsubscriptions(customers, trx)
}

async function loadIdentifiers(customers: Customer[], trx: Transaction) {
  const known = (['email', 'phone', 'card'] as const).flatMap((type) =>
    customers
      .filter((customer) => customer[type])
      .map(({ external_id, created_at, email_confirmed, [type]: value }) => {
        return { external_id, created_at, type, value, confirmed: type === 'email' ? email_confirmed : true }
      })
  )
  const columns = { external_id: 'text', created_at: 'timestamptz', type: 'text', value: 'text', confirmed: 'boolean' }
  await execute(
    sql`with written as (
        insert into user_identifiers (user_id, created_at, updated_at, type, value, confirmed, confirmed_at)
        select u.id, s.created_at, s.created_at, s.type, s.value, s.confirmed, case when s.confirmed then s.created_at end
        from ${stage(known, columns)} join users u using (external_id) order by u.id, s.type desc
        returning type, value, user_id
      )
      insert into identifier_owners (type, value, user_id) select type, value, user_id from written`,
    trx
  )
}

/** The proof of what they agreed to: which text, when and where; and that some took it back. */
async function loadConsents(customers: Customer[], trx: Transaction) {
  const said = customers.flatMap(({ external_id, created_at, source, personal_data, communication, revoked_at }) => {
    const word = (kind: string, value: boolean, at: Date, where: string) => {
      return { external_id, kind, value, at, source: where }
    }
    return [
      ...(personal_data ? [word('personal_data', true, created_at, source)] : []),
      ...(communication || revoked_at ? [word('communication', true, created_at, source)] : []),
      ...(revoked_at ? [word('communication', false, revoked_at, 'site')] : []),
    ]
  })
  const columns = { external_id: 'text', kind: 'text', value: 'boolean', at: 'timestamptz', source: 'text' }
  await execute(
    sql`insert into consent_log (user_id, created_at, kind, value, source, source_id, method, ip, document_id, document_version, text_hash)
      select u.id, s.at, s.kind, s.value, 'api', r.id, case when s.value then 'user/register' else 'user/consent' end, '203.0.113.' || u.id % 200,
        d.id, d.version, d.text_hash
      from ${stage(said, columns)} join users u using (external_id) join consent_documents d on d.kind = s.kind
      left join sources r on r.code = s.source order by s.at`,
    trx
  )
}

async function loadUnsubscriptions(customers: Customer[], trx: Transaction) {
  const left = customers
    .filter(({ unsubscribed, email }) => unsubscribed && email)
    .map(({ external_id, unsubscribed, created_at }) => {
      return { external_id, category: unsubscribed, at: new Date((Number(created_at) + Date.now()) / 2) }
    })
  const columns = { external_id: 'text', category: 'text', at: 'timestamptz' }
  await execute(
    sql`with written as (
        insert into user_unsubscribes (user_id, created_at, channel_id, category_id, source)
        select u.id, s.at, ch.id, cat.id, 'preferences'
        from ${stage(left, columns)}
        join users u using (external_id)
        join channels ch on ch.code = 'email'
        left join unsubscribe_categories cat on cat.code = s.category
        returning user_id, created_at, category_id
      )
      insert into consent_log (user_id, created_at, kind, value, subject, source, document_id, document_version, text_hash)
      select w.user_id, w.created_at, 'unsubscribe', true, 'email/' || coalesce(cat.code, '*'), 'preferences', d.id, d.version, d.text_hash
      from written w join consent_documents d on d.kind = 'communication' left join unsubscribe_categories cat on cat.id = w.category_id`,
    trx
  )
}
