import vine from '@vinejs/vine'
import { rulesOf, type Rules } from '#app/campaigns'
import { row, sql, type Transaction } from '#core/database'
import { defineMethod } from '#core/methods'

const text = () => vine.string().nullable()

const output = vine.create({
  userId: vine.number(),
  registeredAt: vine.string(),
  surname: text(),
  givenName: text(),
  middleName: text(),
  birthDate: text(),
  gender: text(),
  locale: vine.enum(['ru', 'en']),
  personalDataAgree: vine.boolean(),
  communicationAgree: vine.boolean(),
  hasPassword: vine.boolean(),
  identifiers: vine.array(vine.object({ type: vine.string(), value: vine.string(), confirmed: vine.boolean(), active: vine.boolean(), main: vine.boolean() })),
  toApprove: vine.array(vine.object({ type: vine.string(), value: vine.string() })),
  attributes: vine.record(vine.any().nullable()),
})

/** Who is signed in: their own data, and of the further fields those that front ends may fill; servers read all of them. */
export const userInfo = defineMethod({
  name: 'user/info',
  caller: 'customer',
  reads: true,
  input: vine.create({}),
  output,
  example: {
    input: {},
    output: {
      userId: 15,
      registeredAt: '2026-03-01T09:12:44.000Z',
      surname: 'Иванова',
      givenName: 'Анна',
      middleName: null,
      birthDate: '1990-05-17',
      gender: 'female',
      locale: 'ru',
      personalDataAgree: true,
      communicationAgree: false,
      hasPassword: true,
      identifiers: [{ type: 'phone', value: '+79160000001', confirmed: true, active: true, main: true }],
      toApprove: [{ type: 'email', value: 'new@example.com' }],
      attributes: {},
    },
  },
  async run({ userId, source, byServer, trx }) {
    const [{ registeredAt, attributes, identifiers, ...person }, rules] = await Promise.all([personOf(userId!, trx), rulesOf(source, trx)])
    const open = Object.entries(attributes).filter(([name]) => byServer || rules.openFields.includes(name))
    const main = mainOf(identifiers, rules)
    const told = identifiers.map((one) => ({ ...one, main: one === main }))
    return { output: { ...person, identifiers: told, registeredAt: registeredAt.toISOString(), attributes: Object.fromEntries(open) } }
  },
})

/** The active one of the type that the campaign says; who has none of it is known by the other (F27). */
function mainOf(identifiers: KnownContact[], { mainContact }: Rules): KnownContact | undefined {
  const contacts = identifiers.filter(({ type, active }) => active && (type === 'phone' || type === 'email'))
  return contacts.find(({ type }) => type === mainContact) ?? contacts[0]
}

interface KnownContact {
  type: string
  value: string
  confirmed: boolean
  active: boolean
}

interface Kept {
  userId: number
  registeredAt: Date
  surname: string | null
  givenName: string | null
  middleName: string | null
  birthDate: string | null
  gender: string | null
  locale: 'ru' | 'en'
  personalDataAgree: boolean
  communicationAgree: boolean
  hasPassword: boolean
  identifiers: KnownContact[]
  toApprove: { type: string; value: string }[]
  attributes: Record<string, unknown>
}

/** One that waits to be confirmed is shown beside the active one, one that waits for staff apart (F33); those that were replaced are history (F26). */
async function personOf(userId: number, trx: Transaction): Promise<Kept> {
  const found = await row<Kept>(
    sql`select u.id as "userId", u.created_at as "registeredAt", u.surname, u.given_name as "givenName", u.middle_name as "middleName",
        u.birth_date as "birthDate", g.code as gender, u.locale, u.personal_data_agree as "personalDataAgree",
        u.communication_agree as "communicationAgree", u.attributes,
        exists (select from user_passwords p where p.user_id = u.id) as "hasPassword",
        (select coalesce(jsonb_agg(jsonb_build_object('type', i.type, 'value', i.value, 'confirmed', i.confirmed, 'active', i.active)
            order by i.type, i.active desc, i.id), '[]')
          from user_identifiers i where i.user_id = u.id and (i.active or not i.confirmed)) as identifiers,
        (select coalesce(jsonb_agg(jsonb_build_object('type', r.type, 'value', r.value) order by r.id), '[]') from identifier_requests r
          where r.state = 'open' and r.user_id in (select u.id union all select a.user_id from user_aliases a where a.canonical_id = u.id)) as "toApprove"
      from users u left join genders g on g.id = u.gender_id where u.id = ${userId}`,
    trx
  )
  return found!
}
