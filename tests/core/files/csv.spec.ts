import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { csvFor } from '#core/files'

test.group('A CSV for a person', () => {
  test('has between its cells what a spreadsheet of their language reads: {locale}')
    .with([{ locale: 'ru' as const, line: 'Ёж;1,5\n' }, { locale: 'en' as const, line: 'Ёж,"1,5"\n' }])
    .run(({ assert }, { locale, line }) => {
      assert.equal(csvFor({ locale }).lines([['Ёж', '1,5']]), line)
      assert.equal(csvFor({ locale }).first(['Ёж', '1,5']), `\ufeff${line}`)
    })

  test('F-05 keeps numbers numbers, and makes no formula of a text', ({ assert }) => {
    const csv = csvFor({ locale: 'en' }, '\t')
    const text = csv.first(['=head']) + csv.lines([['-1', -1, null], ['=1+1', 2.5, 'a\tb']])
    assert.deepEqual(parse(text, { bom: true, delimiter: '\t', relax_column_count: true }), [["'=head"], ["'-1", '-1', ''], ["'=1+1", '2.5', 'a\tb']])
  })
})
