import { identifier, row, sql, type Transaction } from '#core/database'
import { type Source } from '#core/methods'
import { campaignClosed } from './campaign_closed.js'

export const mainContacts = ['phone', 'email'] as const

/** What a source asks of those who register and lets them change themselves (F28, F33): its campaign says it. */
export interface Rules {
  needsPhone: boolean
  needsEmail: boolean
  /** A surname and a given name. */
  needsName: boolean
  /** By which contact customers are known first, the other one being additional (F27): the one that is asked for, of two the chosen one. */
  mainContact: (typeof mainContacts)[number]
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
  needsName: false,
  mainContact: 'phone',
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
    sql`select needs_phone as "needsPhone", needs_email as "needsEmail", needs_name as "needsName",
        main_contact as "mainContact", password_length as "passwordLength", edits_name as "editsName",
        edits_birth_date as "editsBirthDate", edits_gender as "editsGender", edits_contacts as "editsContacts",
        approves_contacts as "approvesContacts",
        array_remove(regexp_split_to_array(trim(coalesce(open_fields, '')), '[\\s,;]+'), '') as "openFields",
        ${campaignClosed(identifier('campaigns'))} as closed
      from campaigns where id = ${campaign.id}`,
    trx
  )
  return found ?? general
}

/** What a campaign may lock, by the fields of `user/edit`. */
const locks = {
  surname: 'editsName',
  givenName: 'editsName',
  middleName: 'editsName',
  birthDate: 'editsBirthDate',
  gender: 'editsGender',
  identifiers: 'editsContacts',
} as const

/** Fields of `user/edit` that customers cannot change themselves. */
export const lockedFields = (rules: Rules): string[] => Object.entries(locks).flatMap(([name, lock]) => (rules[lock] ? [] : [name]))
