import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { columnNames, detect, preview, sampleOf } from '../../../app/core/imports/csv/detect.js'
import { readCsv } from '../../../app/core/imports/csv/read_csv.js'

const text = 'имя;город\r\nПётр;"Рига; центр"\r\nАнна;Ёлкино\r\n'

/** Cyrillic of code page 1251, which Node reads but does not write. */
function windows1251(written: string) {
  const bytes = [...written].map((letter) => {
    const code = letter.charCodeAt(0)
    if (letter === 'ё') return 0xb8
    if (letter === 'Ё') return 0xa8
    return code < 0x80 ? code : code - 0x410 + 0xc0
  })
  return Buffer.from(bytes)
}

const bigEndian = (written: string) => Buffer.from(written, 'utf16le').swap16()

const files = [
  { name: 'UTF-8', bytes: Buffer.from(text), encoding: 'utf-8' },
  { name: 'UTF-8 with a mark', bytes: Buffer.from('\ufeff' + text), encoding: 'utf-8' },
  { name: 'code page 1251', bytes: windows1251(text), encoding: 'windows-1251' },
  { name: 'UTF-16', bytes: Buffer.from('\ufeff' + text, 'utf16le'), encoding: 'utf-16le' },
  { name: 'UTF-16 without a mark', bytes: Buffer.from(text, 'utf16le'), encoding: 'utf-16le' },
  { name: 'UTF-16 the other way round', bytes: bigEndian('\ufeff' + text), encoding: 'utf-16be' },
  { name: 'gzip', bytes: gzipSync(windows1251(text)), encoding: 'windows-1251' },
]

/** As files come: in pieces that cut letters in two. */
const stream = (bytes: Buffer) => Readable.from([bytes.subarray(0, 11), bytes.subarray(11)], { objectMode: false })

test.group('Finding out how a file is written', () => {
  test('F-04 {name} is detected and read')
    .with(files)
    .run(async ({ assert }, { bytes, encoding }) => {
      const sample = await sampleOf(stream(bytes))
      const dialect = detect(sample)
      assert.deepEqual(dialect, { encoding: encoding as 'utf-8', delimiter: ';' })
      assert.deepEqual(preview(sample, dialect).columns, ['имя', 'город'])

      const cells = []
      for await (const records of readCsv(stream(bytes), dialect)) cells.push(...records.map((record) => record.cells))
      assert.deepEqual(cells, [
        ['имя', 'город'],
        ['Пётр', 'Рига; центр'],
        ['Анна', 'Ёлкино'],
      ])
    })

  test('the delimiter is what splits rows alike: {$self}')
    .with([',', ';', '\t', '|'])
    .run(({ assert }, delimiter) => {
      const rows = ['a', '1,5', '2,75'].map((cell) => [cell, 'x', 'y'].map((one) => `"${one}"`).join(delimiter))
      assert.equal(detect(Buffer.from(rows.join('\n'))).delimiter, delimiter)
    })

  test('a column without a name and twins get names of their own', ({ assert }) => {
    assert.deepEqual(columnNames(['id', '', 'id', ' ']), ['id', '#2', 'id (2)', '#4'])
  })

  test('an empty file has no columns', ({ assert }) => {
    const nothing = Buffer.alloc(0)
    assert.deepEqual(preview(nothing, detect(nothing)), { columns: [], rows: [] })
  })
})
