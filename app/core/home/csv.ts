import { csvFor } from '#core/files'
import { type Reader } from '#core/objects'
import { type Content, type Format, type Widget } from './widget.js'

/** What a widget shows as a file: its chart row by row, else its figures. Numbers are plain, so that a spreadsheet can reckon. */
export function csvOf(widget: Widget, { chart, figures = [] }: Content, reader: Reader): string {
  const label = (name: string) => reader.t(`widgets.${widget.name}.${name}`)
  const table = chart
    ? [['', ...chart.measures.map(({ name }) => label(name))], ...chart.points.map((point) => [point.label, ...point.values.map((value, at) => plain(value, chart.measures[at].format))])]
    : figures.map(({ name, value, format }) => [label(name), plain(value, format)])
  return csvFor(reader).first(...table)
}

const plain = (value: number, format?: Format) => (format === 'money' ? value / 100 : value)
