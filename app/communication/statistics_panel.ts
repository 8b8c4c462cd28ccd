import { type Condition } from '#core/filters'
import { addressOf } from '#core/home'
import { dateTime, integer, percent, show, type Panel, type Reader } from '#core/objects'
import { mailsBehind, type Measure } from './mails_behind.js'
import { linkFigures, statistics, type Scope, type Statistics } from './statistics.js'

export const statisticsPanel: Panel = {
  name: 'statistics',
  tab: 'statistics',
  view: 'communication::components/statistics',
  load: (id, reader) => figures({ communication: id }, reader),
}

/** The figures of F43 in their order, each with its share of those it is measured by. */
const shown: { name: keyof Statistics; of?: keyof Statistics; total?: keyof Statistics; mails?: Measure }[] = [
  { name: 'sent' },
  { name: 'delivered', of: 'sent' },
  { name: 'uniqueOpens', of: 'delivered', total: 'opens', mails: 'opened' },
  { name: 'clickers', of: 'delivered', total: 'clicks', mails: 'clicked' },
  { name: 'spam', of: 'delivered' },
  { name: 'bounced', of: 'sent' },
  { name: 'unsubscribed', of: 'delivered' },
  { name: 'errors', of: 'recipients' },
]

export async function figures(scope: Scope, reader: Reader) {
  const [found, links] = await Promise.all([statistics(scope), linkFigures(scope)])
  const number = (value: number) => show(integer(), value, reader)
  return {
    figures: shown.map(({ name, of, total, mails = name as Measure }) => ({
      label: reader.t(`communication.figures.${name}`),
      value: number(found[name]),
      href: addressOf(mailsBehind(mails, ...meant(scope)), reader),
      share: of && found[of] ? percent(found[name] / found[of], reader) : null,
      total: total ? reader.t('communication.figures.total', { count: found[total] }) : null,
    })),
    links: links.map(({ createdAt, url, clicks, clickers }) => ({
      createdAt: show(dateTime(), createdAt, reader),
      url,
      clicks: number(clicks),
      clickers: number(clickers),
    })),
    everSent: found.recipients > 0,
  }
}

/** The sends of a scope, as deliveries ask about theirs. */
function meant(scope: Scope): Condition[] {
  if ('send' in scope) return [{ field: 'send', operator: 'equal', value: [String(scope.send)] }]
  return [
    { field: 'communication', operator: 'equal', value: [String(scope.communication)] },
    { field: 'send.test', operator: 'equal', value: ['0'] },
  ]
}
