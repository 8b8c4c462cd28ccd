import { type Condition } from '#core/filters'
import { before, countOf, daysOf, during, rowSet, within, type Attention, type Period, type Widget } from '#core/home'
import { mailsBehind, ofTheirSend } from './mails_behind.js'
import { mailFigures, type MailDay } from './mail_figures.js'

/** Tests are kept apart from live figures (F50). */
const notTest: Condition = { field: 'test', operator: 'equal', value: ['0'] }
const live = rowSet('send', notTest)
const measures = ['sent', 'delivered', 'opened', 'clicked'] as const

/** Mails of the period and how far they went (F43). */
export const mailWidget: Widget = {
  name: 'mail',
  order: 50,
  object: 'send',
  wide: true,
  load: async (period, reader) => {
    const sends = within(live, during('startedAt', period))
    const sendsBefore = within(live, during('startedAt', before(period)))
    const [count, countBefore, days, earlier] = await Promise.all([
      countOf(sends, reader), countOf(sendsBefore, reader), mailFigures(sends, reader), mailFigures(sendsBefore, reader),
    ])
    const byDay = new Map(days.map((one) => [one.day, one]))
    const points = daysOf(period).map((day) => ({
      label: day,
      values: measures.map((measure) => byDay.get(day)?.[measure] ?? 0),
      rows: within(live, { field: 'startedAt', operator: 'equal', value: [day] }),
    }))
    const sums = measures.map((name) => ({ name, value: sum(days, name), before: sum(earlier, name), rows: behind(name, period) }))
    return {
      figures: [{ name: 'sends', value: count, before: countBefore, rows: sends }, ...sums],
      chart: { kind: 'line', measures: measures.map((name) => ({ name })), points },
    }
  },
}

/** The same mails as a funnel: of those sent, how many arrived, were opened, were clicked. */
export const funnelWidget: Widget = {
  name: 'funnel',
  order: 60,
  object: 'send',
  load: async (period, reader) => {
    const sends = within(live, during('startedAt', period))
    const days = await mailFigures(sends, reader)
    const sent = sum(days, 'sent')
    const points = measures.map((name) => ({
      label: reader.t(`widgets.funnel.${name}`), values: [sum(days, name), sent ? sum(days, name) / sent : 0], rows: behind(name, period),
    }))
    return sent ? { chart: { kind: 'funnel', measures: [{ name: 'mails' }, { name: 'share', format: 'share' }], points } } : { empty: 'none' }
  },
}

/** Mails of the live sends of a period. */
const behind = (measure: (typeof measures)[number], period: Period) =>
  mailsBehind(measure, ofTheirSend(notTest), ofTheirSend(during('startedAt', period)))

const sum = (days: MailDay[], name: (typeof measures)[number]) => days.reduce((total, day) => total + day[name], 0)

const recent = { field: 'createdAt', operator: 'lastDays', value: ['7'] }

export const sendAttention: Attention[] = [
  { name: 'pausedSends', ...rowSet('send', { field: 'state', operator: 'equal', value: ['paused'] }) },
  { name: 'failedSends', ...rowSet('send', { field: 'state', operator: 'equal', value: ['failed'] }, recent) },
]
