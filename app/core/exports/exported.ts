import { type ObjectDefinition, type Reader } from '#core/objects'
import { type ExportView } from './export_view.js'

/** What a file is written of, and for whom. */
export interface Exported {
  object: ObjectDefinition
  view: ExportView
  reader: Reader
  /** Told as the rows go by; throws when the work must end. */
  onRows: (done: number, total: number) => Promise<void>
}

export interface Written {
  chunks: AsyncIterable<Buffer>
  /** Known when the chunks have ended. */
  rows: () => number
}
