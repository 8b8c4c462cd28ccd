import { type Reader } from './fields/field.js'

/** A part of a card that is more than fields and details: its own component, loaded by itself (F6). */
export interface Panel {
  name: string
  /** `header`, or the name of an inner tab. */
  tab: string
  /** Edge component: `segments::components/versions`; it gets what `load` answers, and `record`. */
  view: string
  load: (id: number, reader: Reader) => Promise<Record<string, unknown>>
  order?: number
  /** Objects whose rows it tells of: it is drawn anew when one of them is written on the page. */
  hears?: string[]
}
