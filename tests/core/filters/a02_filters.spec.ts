import fc from 'fast-check'
import { DomainError, existing, hasMerged, plain, readMerged } from '#core/objects'
import { type Assert } from '@japa/assert'
import { test } from '@japa/runner'
import testUtils from '@adonisjs/core/services/test_utils'
import { execute, sql } from '#core/database'
import { compile, InvalidFilter, parseFilter } from '#core/filters'
import { evaluate } from './support/evaluate.js'
import { brokenFilters } from './support/broken_filters.js'
import { createTables, idsOf, neighbourhood, register } from './support/neighbourhood.js'
import { filters } from './support/random_filters.js'
import { mergePeople, now, randomRows, timezone, type Rows } from './support/random_rows.js'

const { person, order } = neighbourhood
const runs = Number(process.env.FILTER_RUNS ?? 3000)

test.group('Filters, thousands of them', (group) => {
  let rows: Rows

  group.setup(register)
  group.setup(() => testUtils.db().wrapInGlobalTransaction())
  group.setup(createTables)
  group.setup(async () => {
    rows = await randomRows()
  })

  const answersWhatItMeans = (assert: Assert, of: (typeof neighbourhood)['person'], numRuns: number) =>
    fc.assert(
      fc.asyncProperty(filters(of.name), async (filter) => {
        const parsed = parseFilter(JSON.parse(JSON.stringify(filter)), of, plain)
        const condition = sql`${compile(parsed, of, { timezone, now })} and ${existing(of)}`
        assert.deepEqual(await idsOf(of.table, condition), evaluate(filter, rows, of.name))
      }),
      { numRuns }
    )

  test('A-02 a valid filter answers what it means', async ({ assert }) => {
    await answersWhatItMeans(assert, person, runs)
  }).timeout(240_000)

  test('A-02 where people were merged, filters of them and of their orders answer what they mean', async ({ assert }) => {
    await mergePeople(rows)
    await readMerged(person)
    assert.isTrue(hasMerged(person))
    await answersWhatItMeans(assert, person, Math.ceil(runs / 10))
    await answersWhatItMeans(assert, order, Math.ceil(runs / 10))
  })
    .timeout(240_000)
    .teardown(async () => {
      await execute(sql`update filter_people set canonical_id = null`)
      await readMerged(person)
    })

  test('A-02 a broken filter is refused with an error at its node', () => {
    fc.assert(
      fc.property(brokenFilters, ({ filter }) => {
        try {
          parseFilter(filter, person, plain)
        } catch (error) {
          return error instanceof InvalidFilter && error instanceof DomainError && error.errors.every(({ code }) => code)
        }
        return false
      }),
      { numRuns: runs }
    )
  }).timeout(120_000)
})
