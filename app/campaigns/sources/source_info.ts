import vine from '@vinejs/vine'
import { defineMethod } from '#core/methods'
import { settings } from '#core/settings'

/** What a front end shows before anybody has signed in: whose it is, and in which languages it may speak. */
export const sourceInfo = defineMethod({
  name: 'source/info',
  caller: 'anyone',
  input: vine.create({}),
  output: vine.create({
    source: vine.string(),
    campaign: vine.string().nullable(),
    company: vine.string(),
    languages: vine.array(vine.enum(['ru', 'en'])),
  }),
  example: { input: {}, output: { source: 'site', campaign: null, company: 'Лавка', languages: ['ru', 'en'] } },
  async run({ source }) {
    const { companyName, languages } = settings()
    return { output: { source: source.code, campaign: source.campaign?.code ?? null, company: companyName, languages: [...languages] } }
  },
})
