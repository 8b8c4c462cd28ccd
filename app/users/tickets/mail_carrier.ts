import i18nManager from '@adonisjs/i18n/services/main'
import { deliver } from '#core/mail'
import { settings } from '#core/settings'
import { type Carrier } from './carriers.js'

/** By mail of the product itself, in the brand of the company and the language of the customer. */
export const mailCarrier: Carrier = {
  type: 'email',
  async carry({ to, locale, purpose, code, url, minutes }) {
    const i18n = i18nManager.locale(locale)
    const words = { name: to.name, company: settings().companyName, code: code ?? '', minutes }
    const say = (part: string) => i18n.t(`tickets.letters.${part}`, words)
    await deliver({
      to,
      locale,
      subject: say(`${purpose}.subject`),
      lines: [say(to.name ? 'greeting' : 'hello'), say(`${purpose}.text`), ...(code ? [say('code')] : [])],
      button: url ? { label: say(`${purpose}.button`), url } : undefined,
      notes: [say('until'), say('stranger')],
    })
  },
}
