/** One record of a file: the physical line that it starts on, and its cells or why it has none. */
export interface CsvRecord {
  line: number
  cells: string[]
  error?: 'recordTooLong' | 'openQuote'
}

/** Longer than any honest row; what a lost quote swallows ends here. */
const LONGEST_RECORD = 1024 * 1024
/** What is kept of a row that cannot be read, so that a person recognises it. */
const KEPT_OF_BROKEN = 500

/**
 * CSV by RFC 4180, fed by chunks, for files of people: a broken row costs that row alone. A quote that is never closed, or not
 * within a megabyte, rejects its own line, and reading goes on with the next; so does a line that is too long to be a row.
 */
export class CsvParser {
  #rest = ''
  #line = 1
  #skipping = false

  constructor(private delimiter: string) {}

  push(chunk: string): CsvRecord[] {
    this.#rest += chunk
    return this.#records(false)
  }

  end(): CsvRecord[] {
    return this.#records(true)
  }

  #records(last: boolean) {
    const text = this.#rest
    const records: CsvRecord[] = []
    let at = this.#skipping ? this.#skipLine(text, 0) : 0
    while (at < text.length) {
      const next = this.#record(text, at, last, records)
      if (next < 0) break
      at = next
    }
    this.#rest = text.slice(at)
    return records
  }

  /** Reads one record and answers where the next one starts, or -1 when its end has not come yet. */
  #record(text: string, start: number, last: boolean, records: CsvRecord[]): number {
    const newline = text.indexOf('\n', start)
    if (newline < 0 && !last) return this.#withoutEnd(text, start, records)

    const end = newline < 0 ? text.length : newline
    const line = text.slice(start, end)
    if (line.length > LONGEST_RECORD) return this.#broken('recordTooLong', line, end + 1, records)
    if (line.includes('"')) return this.#quoted(text, start, line, last, records)

    const plain = line.endsWith('\r') ? line.slice(0, -1) : line
    if (plain !== '') records.push({ line: this.#line, cells: plain.split(this.delimiter) })
    this.#line++
    return end + 1
  }

  #withoutEnd(text: string, start: number, records: CsvRecord[]) {
    if (text.length - start <= LONGEST_RECORD) return -1
    this.#skipping = true
    return this.#broken('recordTooLong', text.slice(start), text.length, records, 0)
  }

  #skipLine(text: string, start: number) {
    const newline = text.indexOf('\n', start)
    if (newline < 0) return text.length
    this.#skipping = false
    this.#line++
    return newline + 1
  }

  #broken(error: CsvRecord['error'], line: string, next: number, records: CsvRecord[], lines = 1) {
    records.push({ line: this.#line, cells: [line.slice(0, KEPT_OF_BROKEN)], error })
    this.#line += lines
    return next
  }

  #quoted(text: string, start: number, line: string, last: boolean, records: CsvRecord[]): number {
    const cells: string[] = []
    let at = start
    for (;;) {
      const cell = this.#cell(text, at)
      if (cell === null || (cell.end >= text.length && !last)) {
        const hopeless = last || text.length - start > LONGEST_RECORD
        return hopeless ? this.#broken('openQuote', line, start + line.length + 1, records) : -1
      }
      cells.push(cell.value)
      at = cell.end
      if (text[at] !== this.delimiter) break
      at++
    }
    const swallowed = countLines(text, start, at)
    records.push({ line: this.#line, cells })
    this.#line += swallowed + 1
    return at + 1
  }

  /** The cell at this place and the delimiter, line break or end that follows it; null when its quote is not closed. */
  #cell(text: string, at: number): { value: string; end: number } | null {
    if (text[at] !== '"') return this.#bare(text, at, '')
    let value = ''
    for (let from = at + 1; ; ) {
      const quote = text.indexOf('"', from)
      if (quote < 0) return null
      value += text.slice(from, quote)
      if (text[quote + 1] !== '"') return this.#bare(text, quote + 1, value)
      value += '"'
      from = quote + 2
    }
  }

  /** Text up to the end of the cell; after a closing quote it is a leftover that people's programs write now and then. */
  #bare(text: string, from: number, before: string) {
    let end = from
    while (end < text.length && text[end] !== this.delimiter && text[end] !== '\n') end++
    const raw = text.slice(from, end)
    const tail = raw.endsWith('\r') && text[end] !== this.delimiter ? raw.slice(0, -1) : raw
    return { value: before + tail, end }
  }
}

function countLines(text: string, from: number, to: number) {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}
