import { copyOut, row } from '#core/database'
import { csvFor } from '#core/files'
import { exportCell, labelOfColumn } from '#core/objects'
import { type Exported, type Written } from './exported.js'
import { exportCount, exportRows } from './export_rows.js'

/** PostgreSQL itself writes the lines, by one statement and so of one moment; `exportCell` escapes what `csvFor` would. */
export function writeCsv({ object, view, reader, onRows }: Exported): Written {
  const counting = new LineCounter()
  return { chunks: chunks(), rows: () => counting.lines }

  async function* chunks() {
    const labels = view.columns.map((name) => labelOfColumn(object, name, reader))
    yield Buffer.from(csvFor(reader, view.delimiter).first(labels))
    const { count } = (await row<{ count: number }>(exportCount(object, view, reader)))!
    for await (const chunk of await copyOut(exportRows(object, view, reader, exportCell), view.delimiter)) {
      counting.read(chunk)
      await onRows(counting.lines, Math.max(count, counting.lines))
      yield chunk as Buffer
    }
  }
}

const QUOTE = '"'.charCodeAt(0)
const LINE_FEED = '\n'.charCodeAt(0)

/** Ends of lines outside of quotes; a chunk may break off anywhere. */
class LineCounter {
  lines = 0
  #quoted = false

  read(chunk: Buffer) {
    for (const byte of chunk) {
      if (byte === QUOTE) this.#quoted = !this.#quoted
      else if (byte === LINE_FEED && !this.#quoted) this.lines += 1
    }
  }
}
