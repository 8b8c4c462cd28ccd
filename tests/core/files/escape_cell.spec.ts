import { test } from '@japa/runner'
import { escapeCell, unescapeCell } from '../../../app/core/files/escape_cell.js'

test.group('Cells that a spreadsheet would compute', () => {
  test('F-05 {$self} is written as text and read back as it was')
    .with(['=cmd|x', '+79161234567', '-1', '@sum', '\tx', '\rx', "'=x", "''+1", "'quoted'", "O'Neil", 'plain', ''])
    .run(({ assert }, cell) => {
      assert.notMatch(escapeCell(cell), /^[=+\-@\t\r]/)
      assert.equal(unescapeCell(escapeCell(cell)), cell)
    })
})
