import i18nManager from '@adonisjs/i18n/services/main'
import { appUrl } from '#config/app'
import { defineJob } from '#core/jobs'
import { deliver, type Letter } from '#core/mail'
import { show, dateTime, plain } from '#core/objects'
import { settings } from '#core/settings'
import { tokenOf, type Addressed, type LinkKind } from './link.js'

const pages: Record<LinkKind, string> = { invitation: '/invitation', restore: '/restore' }

/** Mails a link to the person whom it belongs to. The payload names the row: see `tokenOf` for why nothing more. */
export const linkMailJob = defineJob<{ link: number }>({
  name: 'access.link',
  async run(run, { link }) {
    if (!(await mailLink(link))) await run.log('The link has been replaced, withdrawn or is out of date')
  },
})

/** False where there is no such link any more. */
export async function mailLink(id: number): Promise<boolean> {
  const addressed = await tokenOf(id)
  if (!addressed) return false
  await deliver(letterOf(addressed))
  return true
}

function letterOf({ kind, token, expiresAt, name, address, locale, timezone }: Addressed): Letter {
  const i18n = i18nManager.locale(locale)
  const until = show(dateTime(), expiresAt, { ...plain, locale, timezone })
  const words = { name, company: settings().companyName, until: `${until} (${timezone})`, host: new URL(appUrl).host }
  const say = (part: string) => i18n.t(`access.letters.${kind}.${part}`, words)
  return {
    to: { name, address },
    locale,
    subject: say('subject'),
    lines: [say('greeting'), say('text')],
    button: { label: say('button'), url: `${appUrl.replace(/\/$/, '')}${pages[kind]}/${token}` },
    notes: [say('until'), say('stranger')],
  }
}
