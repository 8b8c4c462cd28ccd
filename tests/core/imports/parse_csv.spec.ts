import { test } from '@japa/runner'
import { CsvParser } from '../../../app/core/imports/csv/parse_csv.js'

/** Cells of each record, or the code of its error, whatever pieces the text comes in. */
function read(text: string, pieces = text.length || 1) {
  const parser = new CsvParser(',')
  const groups = []
  for (let at = 0; at < text.length; at += pieces) groups.push(parser.push(text.slice(at, at + pieces)))
  return [...groups, parser.end()].flat().map(({ line, cells, error }) => [line, error ?? cells])
}

test.group('Reading CSV', () => {
  test('reads the same in pieces of {$self} characters')
    .with([1, 2, 3, 7, 1000])
    .run(({ assert }, pieces) => {
      const text = 'a,b\r\n1,"2\n3"\r\n\n"say ""hi""","x,y"\n,"",\n"last"'
      assert.deepEqual(read(text, pieces), [
        [1, ['a', 'b']],
        [2, ['1', '2\n3']],
        [5, ['say "hi"', 'x,y']],
        [6, ['', '', '']],
        [7, ['last']],
      ])
    })

  test('F-04 a quote that is never closed costs its own line only', ({ assert }) => {
    assert.deepEqual(read('a,b\n1,"open\n2,3\n4,5\n', 5), [
      [1, ['a', 'b']],
      [2, 'openQuote'],
      [3, ['2', '3']],
      [4, ['4', '5']],
    ])
  })

  test('F-04 a quote that swallows more than a megabyte is given up', ({ assert }) => {
    const rest = '4,5\n'.repeat(400_000)
    const records = read(`a,b\n1,"open\n${rest}`, 65_536)

    assert.deepEqual(records[1], [2, 'openQuote'])
    assert.deepEqual(records[2], [3, ['4', '5']])
    assert.lengthOf(records, 400_002)
  })

  test('F-04 a line of ten megabytes costs itself only, and is not kept', ({ assert }) => {
    const records = read(`a,b\n${'x'.repeat(10_000_000)},1\n2,3\n`, 65_536)
    assert.deepEqual(records, [
      [1, ['a', 'b']],
      [2, 'recordTooLong'],
      [3, ['2', '3']],
    ])
  })

  test('takes quotes inside a cell as they stand', ({ assert }) => {
    assert.deepEqual(read('5" nail,"a"b\n'), [[1, ['5" nail', 'ab']]])
  })
})
