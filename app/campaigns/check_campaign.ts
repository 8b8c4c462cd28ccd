import { row, sql, type Transaction } from '#core/database'
import { InvalidFields, type Values } from '#core/objects'
import { freeCode } from './free_code.js'

interface Campaign {
  startsAt: Date | null
  endsAt: Date | null
  needsPhone: boolean
  needsEmail: boolean
}

/** The code stands in addresses, and is made of the name where nobody chose one; a campaign ends after it starts, and knows its participants by something. */
export async function checkCampaign(values: Values, trx: Transaction, id?: number): Promise<Values> {
  if (typeof values.code === 'string' && !/^[a-z0-9][a-z0-9_-]*$/i.test(values.code)) throw InvalidFields.at('code', 'campaignCode')
  const campaign = { ...(id ? await stored(id, trx) : undefined), ...values } as Partial<Campaign>
  const { startsAt, endsAt, needsPhone, needsEmail } = campaign
  if (startsAt && endsAt && new Date(endsAt) <= new Date(startsAt)) throw InvalidFields.at('endsAt', 'endsBeforeStart')
  if (needsPhone === false && needsEmail === false) throw InvalidFields.at('needsPhone' in values ? 'needsPhone' : 'needsEmail', 'noContact')
  checkAccounts(values)
  const complete = { ...values, ...mainContactOf(campaign, values) }
  return id || values.code ? complete : { ...complete, code: await freeCode('campaigns', String(values.name ?? ''), 'campaign', trx) }
}

/** Where one contact is asked for it is the main one, whatever was so before; to choose the other one by itself is a slip. */
function mainContactOf({ needsPhone = true, needsEmail = true }: Partial<Campaign>, said: Values): Values {
  if (needsPhone && needsEmail) return {}
  const asked = needsPhone ? 'phone' : 'email'
  const alone = !('needsPhone' in said || 'needsEmail' in said)
  if (alone && 'mainContact' in said && said.mainContact !== asked) throw InvalidFields.at('mainContact', 'mainContactNotAsked')
  return { mainContact: asked }
}

const limits = { sessionDays: [1, 3650], sessionIdleDays: [1, 3650], passwordLength: [6, 64] } as const

function checkAccounts(values: Values) {
  for (const [name, [least, most]] of Object.entries(limits)) {
    const said = values[name]
    if (typeof said === 'number' && (said < least || said > most)) throw InvalidFields.at(name, 'between', { least, most })
  }
}

function stored(id: number, trx: Transaction) {
  return row<Campaign>(
    sql`select starts_at as "startsAt", ends_at as "endsAt", needs_phone as "needsPhone", needs_email as "needsEmail"
      from campaigns where id = ${id}`,
    trx
  )
}
