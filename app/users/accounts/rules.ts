import { identifier, row, sql, type Transaction } from '#core/database'
import { type Source } from '#core/methods'
import { campaignClosed } from '../consents/campaign_closed.js'

/** What a source asks of those who register and lets them change themselves (F28, F33): its campaign says it. */
export interface Rules {
  needsPhone: boolean
  needsEmail: boolean
  passwordLength: number
  editsName: boolean
  editsBirthDate: boolean
  editsGender: boolean
  editsContacts: boolean
  /** Staff decide on contacts that customers enter. */
  approvesContacts: boolean
  /** Further fields of customers, by name, that front ends may fill; servers may fill all. */
  openFields: string[]
  /** The campaign takes nobody: it is off, not begun or over. */
  closed: boolean
}

/** Without a campaign, one contact of either type is enough. */
const general: Rules = {
  needsPhone: false,
  needsEmail: false,
  passwordLength: 8,
  editsName: true,
  editsBirthDate: true,
  editsGender: true,
  editsContacts: true,
  approvesContacts: false,
  openFields: [],
  closed: false,
}

export async function rulesOf({ campaign }: Source, trx?: Transaction): Promise<Rules> {
  if (!campaign) return general
  const found = await row<Rules>(
    sql`select needs_phone as "needsPhone", needs_email as "needsEmail", password_length as "passwordLength", edits_name as "editsName",
        edits_birth_date as "editsBirthDate", edits_gender as "editsGender", edits_contacts as "editsContacts",
        approves_contacts as "approvesContacts",
        regexp_split_to_array(trim(coalesce(open_fields, '')), '[\\s,;]+') as "openFields",
        ${campaignClosed(identifier('campaigns'))} as closed
      from campaigns where id = ${campaign.id}`,
    trx
  )
  return found ?? general
}
