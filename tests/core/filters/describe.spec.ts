import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { compareOperators, describe, operators, relationOperators, type FilterNode } from '#core/filters'
import { plain, type Reader } from '#core/objects'
import { createTables, insert, neighbourhood, register } from './support/neighbourhood.js'

const reader = (locale: 'ru' | 'en'): Reader => {
  const i18n = i18nManager.locale(locale)
  return { ...plain, locale, timezone: 'Europe/Moscow', t: (key, values) => i18n.t(key, values) }
}

const say = (locale: 'ru' | 'en', of: FilterNode[], logic: 'and' | 'or' = 'and') =>
  describe({ logic, of }, neighbourhood.person, reader(locale))

test.group('Filters in words', (group) => {
  group.setup(register)
  group.setup(() => testUtils.db().wrapInGlobalTransaction())
  group.setup(createTables)
  group.setup(() => insert('filter_cities', [{ id: 1, name: 'Рига', closed: false }, { id: 2, name: 'Тарту', closed: false }]))

  const name: FilterNode = { field: 'name', operator: 'equal', value: ['Рига'] }
  const big: FilterNode = { field: 'total', operator: 'greater', value: ['1000'] }
  const orders = (more: object): FilterNode => ({ relation: 'orders', operator: 'exists', ...more })

  test('joins conditions and tells related rows', async ({ assert }) => {
    const filter = [name, orders({ where: { logic: 'and', of: [big] } })]
    assert.match(await say('ru', filter), /^Название равно «Рига» и есть filterOrder, где total > 1\s000,00\s₽$/)
    assert.equal(await say('en', filter), 'Name = “Рига” and there are filterOrder where total > ₽1,000.00')
  })

  test('puts into brackets what would run into the next condition', async ({ assert }) => {
    const filter = [orders({ where: { logic: 'or', of: [big, { field: 'paid', operator: 'empty' }] } }), name]
    assert.equal(
      await say('en', filter, 'or'),
      '(there are filterOrder where (total > ₽1,000.00 or paid is empty)) or Name = “Рига”'
    )
    const nested: FilterNode = { logic: 'or', of: [name, { field: 'age', operator: 'empty' }] }
    assert.equal(await say('ru', [nested, name]), '(Название равно «Рига» или age пусто) и Название равно «Рига»')
  })

  test('tells counts, sums, days, lists and paths', async ({ assert }) => {
    const count = { operator: 'count', compare: 'atLeast', value: ['3'] }
    assert.equal(await say('ru', [orders(count)]), 'filterOrder — количество ≥ 3')
    const sum = { operator: 'sum', field: 'total', compare: 'between', value: ['1', '2.50'] }
    assert.equal(await say('en', [orders(sum)]), 'sum of “total” over filterOrder is between ₽1.00 and ₽2.50')
    assert.equal(await say('en', [{ field: 'seen', operator: 'lastDays', value: ['30'] }]), 'seen is in the last 30 days')
    assert.match(await say('en', [{ field: 'born', operator: 'equal', value: ['09.05.1985'] }]), /^born = 0?9.*1985$/)
    assert.match(await say('ru', [{ field: 'seen', operator: 'less', value: ['2026-05-09'] }]), /^seen < 0?9.*2026$/)
    assert.equal(await say('ru', [{ field: 'city.country.name', operator: 'notEmpty' }]), 'city › country › Название не пусто')
    assert.equal(await say('ru', [{ field: 'vip', operator: 'equal', value: ['1'] }]), 'vip равно Да')
    assert.equal(await say('ru', []), 'Все записи')
  })

  test('reads the titles of referenced rows once for each object', async ({ assert }) => {
    const asked: string[] = []
    const listen = ({ sql }: { sql: string }) => asked.push(sql)
    db.connection().getWriteClient().on('query', listen)
    const filter: FilterNode[] = [
      { field: 'city', operator: 'in', value: ['1', '2', '99'] },
      orders({ where: { logic: 'and', of: [{ field: 'city', operator: 'notEqual', value: ['2'] }] } }),
    ]
    const words = await say('ru', filter)
    assert.equal(words, 'city одно из: «Рига», «Тарту», «№ 99» и есть filterOrder, где city не равно «Тарту»')
    db.connection().getWriteClient().off('query', listen)
    assert.lengthOf(asked.filter((sql) => sql.includes('filter_cities')), 1)
  })

  test('tells of a filter that no longer fits', async ({ assert }) => {
    assert.match(await say('en', [{ field: 'gone', operator: 'empty' }]), /no longer fits/)
  })

  test('has words for every operator in both languages', ({ assert }) => {
    const nothing = { subject: '', value: '', to: '', list: '', relation: '', field: '' }
    for (const { t } of [reader('ru'), reader('en')]) {
      for (const { name: operator } of [...operators, ...relationOperators, ...compareOperators]) {
        assert.notInclude(t(`operators.${operator}`), 'missing')
        assert.notInclude(t(`filters.phrases.${operator}`, nothing), 'missing')
      }
    }
  })
})
