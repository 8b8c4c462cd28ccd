import { type Readable } from 'node:stream'
import { decoded, unpacked } from './decode.js'
import { type Dialect } from './detect.js'
import { CsvParser, type CsvRecord } from './parse_csv.js'

/** Records of a file in groups, as its bytes come: the header is the first. */
export async function* readCsv(source: Readable, dialect: Dialect): AsyncGenerator<CsvRecord[]> {
  const parser = new CsvParser(dialect.delimiter)
  for await (const text of decoded(unpacked(source), dialect.encoding)) yield parser.push(text)
  yield parser.end()
}
