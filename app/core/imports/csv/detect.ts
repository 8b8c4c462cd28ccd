import { type Readable } from 'node:stream'
import { unpacked, type Encoding } from './decode.js'
import { CsvParser } from './parse_csv.js'

export const delimiters = [',', ';', '\t', '|'] as const

/** How a file is written. */
export interface Dialect {
  encoding: Encoding
  delimiter: string
}

const SAMPLE_BYTES = 256 * 1024
const SAMPLE_ROWS = 200

/** The beginning of a file, by which it is detected and shown; the rest is not read. */
export async function sampleOf(source: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of unpacked(source)) {
    parts.push(chunk)
    size += chunk.length
    if (size >= SAMPLE_BYTES) break
  }
  source.destroy()
  return Buffer.concat(parts).subarray(0, SAMPLE_BYTES)
}

export function detect(sample: Buffer, known: Partial<Dialect> = {}): Dialect {
  const encoding = known.encoding ?? encodingOf(sample)
  const delimiter = known.delimiter ?? delimiterOf(sample, encoding)
  return { encoding, delimiter }
}

/** Names of the columns and the first rows. */
export function preview(sample: Buffer, { encoding, delimiter }: Dialect, rows = 5) {
  const [header, ...rest] = recordsOf(sample, encoding, delimiter).slice(0, rows + 1)
  return { columns: columnNames(header?.cells ?? []), rows: rest.map(({ cells }) => cells) }
}

/** Headers of people have gaps and twins; each column gets a name of its own. */
export function columnNames(header: string[]): string[] {
  const seen = new Map<string, number>()
  return header.map((cell, index) => {
    const name = cell.trim() || `#${index + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times > 1 ? `${name} (${times})` : name
  })
}

function encodingOf(sample: Buffer): Encoding {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  const wide = wideOrder(sample)
  if (wide) return wide
  return isUtf8(sample) ? 'utf-8' : 'windows-1251'
}

/** UTF-16 without a mark: delimiters and line breaks leave zeros on one side of the pairs. */
function wideOrder(sample: Buffer): Encoding | null {
  const zeros = [0, 0]
  const looked = Math.min(sample.length, 4000)
  for (let at = 0; at < looked; at++) if (sample[at] === 0) zeros[at % 2]++
  if (zeros[0] + zeros[1] < looked / 50) return null
  return zeros[1] > zeros[0] ? 'utf-16le' : 'utf-16be'
}

/** The sample may end in the middle of a letter, so its last bytes are not asked. */
function isUtf8(sample: Buffer) {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    decoder.decode(sample, { stream: true })
    return true
  } catch {
    return false
  }
}

/** The delimiter that splits the rows into the most columns, most of them equally. */
function delimiterOf(sample: Buffer, encoding: Encoding) {
  const scores = delimiters.map((delimiter) => {
    const widths = recordsOf(sample, encoding, delimiter).map(({ cells }) => cells.length)
    const width = widths[0] ?? 0
    const alike = widths.filter((one) => one === width).length
    return width < 2 ? 0 : width * (alike / widths.length) ** 2
  })
  const best = Math.max(...scores)
  return best ? delimiters[scores.indexOf(best)] : ','
}

function recordsOf(sample: Buffer, encoding: Encoding, delimiter: string) {
  const parser = new CsvParser(delimiter)
  const text = new TextDecoder(encoding).decode(sample, { stream: true })
  const records = parser.push(text)
  return (records.length ? records : parser.end()).slice(0, SAMPLE_ROWS)
}
