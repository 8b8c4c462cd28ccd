import { type Group } from '#core/filters'
import { type Reader } from '#core/objects'
import { type Period } from './period.js'

/** Rows of an object: what a number counts, and the list to which it leads. */
export interface RowSet {
  object: string
  filter: Group
}

export type Format = 'number' | 'money' | 'share'

/** A number that is read at a glance. Label: `widgets.<widget>.<name>`. */
export interface Figure {
  name: string
  value: number
  format?: Format
  /** The same of the period before, so that the change is told. */
  before?: number
  rows?: RowSet
}

/** Label: `widgets.<widget>.<name>`. */
export interface Measure {
  name: string
  format?: Format
  /** Drawn over the others, by a scale of its own at the right. */
  line?: boolean
}

/** One place along a chart, with a value for each measure and the rows behind it. */
export interface Point {
  label: string
  values: number[]
  rows?: RowSet
}

export interface Chart {
  kind: 'line' | 'bar' | 'bars' | 'funnel'
  measures: Measure[]
  points: Point[]
}

/** A thing by its name, and what is to be said of it. */
export interface Line {
  text: string
  about?: string
  href?: string
  rows?: RowSet
  tone?: 'good' | 'warn' | 'bad'
  /** Shown to those who may read this object; absent: to all who see the widget. */
  object?: string
}

export interface Content {
  figures?: Figure[]
  chart?: Chart
  lines?: Line[]
  /** Nothing to show: why, as `widgets.<widget>.<empty>`. */
  empty?: string
}

/** A part of the start page (F15, F112). Title: `widgets.<name>.title`. */
export interface Widget {
  name: string
  /** Shown to those who may read rows of it; its section is a click away. */
  object?: string
  wide?: boolean
  /** It tells how things are now, whatever the period. */
  now?: boolean
  /** Its place until a person arranges their page: smaller ones come first. */
  order: number
  /** Figures for all who may see the widget: they are kept for a minute, and nothing in them is personal. */
  load: (period: Period, reader: Reader) => Promise<Content>
}

/** Rows that somebody has to look after, told while there are any. Words: `attention.<name>` with `count`. */
export interface Attention extends RowSet {
  name: string
}

/** What a new company does first, until rows of the object are there. Words: `steps.<name>`. */
export interface FirstStep {
  name: string
  object: string
  href: string
}

/** What a section brings to the start page. */
export interface HomePart {
  widgets?: Widget[]
  attention?: Attention[]
  steps?: FirstStep[]
}
