import { may, type Staff } from '#core/access'
import { dateTime, integer, money, nameOf, objects, percent, show, type Reader } from '#core/objects'
import { DateTime } from 'luxon'
import { type Figures } from './kept.js'
import { wordsOf, type Period } from './period.js'
import { type Chart, type Figure, type Format, type Point, type RowSet, type Widget } from './widget.js'

/** A widget as its fragment shows it; numbers lead to the lists that they count. */
export function drawn(widget: Widget, { content, asOf }: Figures, period: Period, staff: Staff, reader: Reader) {
  const { figures = [], chart, lines = [], empty } = content
  const shown = lines.filter(({ object }) => !object || may(staff, 'read', object))
  const section = widget.object && objects.get(widget.object).path
  const words = new URLSearchParams(wordsOf(period))
  return {
    name: widget.name,
    title: reader.t(`widgets.${widget.name}.title`),
    section: section && { href: `/${section}`, label: nameOf(objects.get(widget.object!), 'many', reader) },
    figures: figures.map((figure) => drawnFigure(widget, figure, period, reader)),
    chart: chart && drawnChart(widget, chart, reader),
    lines: shown.map((line) => ({ ...line, href: line.href ?? addressOf(line.rows, reader) })),
    empty: empty || (lines.length && !shown.length) ? reader.t(`widgets.${widget.name}.${empty ?? 'none'}`) : undefined,
    asOf: reader.t('home.asOf', { at: show(dateTime(), asOf, reader) }),
    csv: chart || figures.length ? `/home/widgets/${widget.name}/csv?${words}` : undefined,
  }
}

function drawnFigure(widget: Widget, { name, value, format, before, rows }: Figure, period: Period, reader: Reader) {
  return {
    label: reader.t(`widgets.${widget.name}.${name}`),
    value: written(value, format, reader),
    href: addressOf(rows, reader),
    change: before === undefined ? undefined : changeOf(value, before, format, period, reader),
  }
}

/** More or less than before, as a share where there was something before. */
function changeOf(value: number, before: number, format: Format | undefined, { days }: Period, reader: Reader) {
  const share = before ? (value - before) / before : undefined
  return {
    way: value > before ? 'up' : value < before ? 'down' : 'same',
    text: share === undefined ? '' : percent(share, reader, 'exceptZero'),
    about: reader.t('home.before', { value: written(before, format, reader) }),
    title: reader.t('home.beforeTitle', { days }),
  }
}

function drawnChart(widget: Widget, { kind, measures, points }: Chart, reader: Reader) {
  const labels = points.map((point) => labelOf(point, reader))
  const named = measures.map(({ name, format = 'number', line }) => ({ label: reader.t(`widgets.${widget.name}.${name}`), format, line }))
  return {
    /** For resources/js/charts.js. */
    data: {
      kind,
      labels: labels.map(({ short }) => short),
      locale: reader.locale,
      currency: reader.currency,
      hrefs: points.map(({ rows }) => addressOf(rows, reader)),
      measures: named.map((measure, index) => ({ ...measure, values: points.map(({ values }) => values[index]) })),
    },
    head: reader.t(kind === 'line' || kind === 'bar' ? 'home.day' : `widgets.${widget.name}.title`),
    measures: named.map(({ label }) => label),
    rows: points.map((point, index) => ({
      label: labels[index].long,
      href: addressOf(point.rows, reader),
      cells: point.values.map((value, at) => written(value, measures[at].format, reader)),
    })),
  }
}

/** A day in the person's words; anything else has words already. */
export function labelOf({ label }: Point, { locale }: Reader) {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(label) ? DateTime.fromISO(label, { zone: 'utc' }).setLocale(locale) : undefined
  if (!day) return { short: label, long: label }
  return { short: day.toFormat('d MMM'), long: day.toLocaleString(DateTime.DATE_MED_WITH_WEEKDAY) }
}

export function written(value: number, format: Format = 'number', reader: Reader): string {
  if (format === 'money') return show(money(), value, reader)
  if (format === 'share') return percent(value, reader)
  return show(integer(), value, reader)
}

/** The list behind a number, where it has a section that the person may read. */
export function addressOf(set: RowSet | undefined, reader: Reader): string | undefined {
  const path = set && objects.get(set.object).path
  if (!set || !path || !reader.reads(set.object)) return undefined
  return set.filter.of.length ? `/${path}?${new URLSearchParams({ filter: JSON.stringify(set.filter) })}` : `/${path}`
}
