import vine from '@vinejs/vine'
import { defineMethod } from '#core/methods'
import { settings } from '#core/settings'
import { lockedFields, mainContacts, rulesOf, type Rules } from '../rules.js'

/**
 * What a front end shows before anybody has signed in: whose it is, in which languages it may speak, what its form of registration asks for
 * (F28), and what its form of a profile lets customers change (F33).
 */
export const sourceInfo = defineMethod({
  name: 'source/info',
  caller: 'anyone',
  input: vine.create({}),
  output: vine.create({
    source: vine.string(),
    campaign: vine.string().nullable(),
    company: vine.string(),
    languages: vine.array(vine.enum(['ru', 'en'])),
    registration: vine.object({
      open: vine.boolean(),
      needs: vine.array(vine.enum(['phone', 'email', 'surname', 'givenName'])),
      mainContact: vine.enum(mainContacts),
      passwordLength: vine.number(),
    }),
    profile: vine.object({ locked: vine.array(vine.string()), attributes: vine.array(vine.string()), approvesContacts: vine.boolean() }),
  }),
  example: {
    input: {},
    output: {
      source: 'site',
      campaign: 'club',
      company: 'Лавка',
      languages: ['ru', 'en'],
      registration: { open: true, needs: ['phone', 'email', 'surname', 'givenName'], mainContact: 'phone', passwordLength: 8 },
      profile: { locked: ['birthDate'], attributes: [], approvesContacts: false },
    },
  },
  async run({ source, trx }) {
    const { companyName, languages } = settings()
    const rules = await rulesOf(source, trx)
    const { mainContact, passwordLength, closed, openFields, approvesContacts } = rules
    return {
      output: {
        source: source.code,
        campaign: source.campaign?.code ?? null,
        company: companyName,
        languages: [...languages],
        registration: { open: !closed, needs: needsOf(rules), mainContact, passwordLength },
        profile: { locked: lockedFields(rules), attributes: openFields, approvesContacts },
      },
    }
  },
})

/** By the names that `user/register` has for them; with no contact among them, one of either type is enough. */
function needsOf({ needsPhone, needsEmail, needsName }: Rules) {
  return [
    ...(needsPhone ? (['phone'] as const) : []),
    ...(needsEmail ? (['email'] as const) : []),
    ...(needsName ? (['surname', 'givenName'] as const) : []),
  ]
}
