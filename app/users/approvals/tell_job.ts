import i18nManager from '@adonisjs/i18n/services/main'
import { row, sql } from '#core/database'
import { defineJob } from '#core/jobs'
import { deliver } from '#core/mail'
import { settings } from '#core/settings'

interface Payload {
  request: number
  stage: 'asked' | 'approved' | 'declined'
}

/**
 * Tells a customer at the address they have that another contact was asked for, and what became of it: whoever did not ask learns it, too.
 * Nothing is told where they have no confirmed address.
 */
export const tellJob = defineJob<Payload>({
  name: 'users.tellOfRequest',
  retries: 3,
  async run(run, { request, stage }) {
    const told = await addressee(request)
    if (!told) return run.log('The customer has no confirmed mail address')
    const { address, name, locale, type, value, answer } = told
    const i18n = i18nManager.locale(locale)
    const words = { name, company: settings().companyName, type: i18n.t(`identifier.choices.type.${type}`), value, answer: answer ?? '' }
    const say = (part: string) => i18n.t(`identifier_request.letters.${part}`, words)
    await deliver({
      to: { name, address },
      locale,
      subject: say(`${stage}.subject`),
      lines: [i18n.t(`tickets.letters.${name ? 'greeting' : 'hello'}`, words), say(`${stage}.text`), ...(stage === 'declined' ? [say('answer')] : [])],
      notes: [say('stranger')],
    })
  },
})

interface Addressee {
  address: string
  name: string
  locale: 'ru' | 'en'
  type: string
  value: string
  answer: string | null
}

function addressee(request: number) {
  return row<Addressee>(
    sql`select i.value as address, concat_ws(' ', u.given_name, u.middle_name) as name, u.locale, r.type, r.value, r.answer
      from identifier_requests r
      left join user_aliases a on a.user_id = r.user_id
      join users u on u.id = coalesce(a.canonical_id, r.user_id) and u.deleted_at is null
      join user_identifiers i on i.user_id = u.id and i.type = 'email' and i.active and i.confirmed
      where r.id = ${request} and r.value is not null`
  )
}
