import { dateTime, show, type Panel, type Reader } from '#core/objects'
import { linkFigures, statistics, type Scope, type Statistics } from './statistics.js'

export const statisticsPanel: Panel = {
  name: 'statistics',
  tab: 'statistics',
  view: 'communication::components/statistics',
  load: (id, reader) => figures({ communication: id }, reader),
}

/** The figures of F43 in their order, each with its share of those it is measured by. */
const shown: { name: keyof Statistics; of?: keyof Statistics; total?: keyof Statistics }[] = [
  { name: 'sent' },
  { name: 'delivered', of: 'sent' },
  { name: 'uniqueOpens', of: 'delivered', total: 'opens' },
  { name: 'clickers', of: 'delivered', total: 'clicks' },
  { name: 'spam', of: 'delivered' },
  { name: 'bounced', of: 'sent' },
  { name: 'unsubscribed', of: 'delivered' },
  { name: 'errors', of: 'recipients' },
]

export async function figures(scope: Scope, reader: Reader) {
  const [found, links] = await Promise.all([statistics(scope), linkFigures(scope)])
  const number = new Intl.NumberFormat(reader.locale)
  const percent = new Intl.NumberFormat(reader.locale, { style: 'percent', maximumFractionDigits: 1 })
  return {
    figures: shown.map(({ name, of, total }) => ({
      label: reader.t(`communication.figures.${name}`),
      value: number.format(found[name]),
      share: of && found[of] ? percent.format(found[name] / found[of]) : null,
      total: total ? reader.t('communication.figures.total', { count: found[total] }) : null,
    })),
    links: links.map(({ createdAt, url, clicks, clickers }) => ({
      createdAt: show(dateTime(), createdAt, reader),
      url,
      clicks: number.format(clicks),
      clickers: number.format(clickers),
    })),
    everSent: found.recipients > 0,
  }
}
