import fc from 'fast-check'
import { DomainError, existing, plain } from '#core/objects'
import { test } from '@japa/runner'
import testUtils from '@adonisjs/core/services/test_utils'
import { sql } from '#core/database'
import { compile, InvalidFilter, parseFilter } from '#core/filters'
import { evaluate } from './support/evaluate.js'
import { brokenFilters } from './support/broken_filters.js'
import { createTables, idsOf, neighbourhood, register } from './support/neighbourhood.js'
import { filters } from './support/random_filters.js'
import { now, randomRows, timezone, type Rows } from './support/random_rows.js'

const { person } = neighbourhood
const runs = Number(process.env.FILTER_RUNS ?? 3000)

test.group('Filters, thousands of them', (group) => {
  let rows: Rows

  group.setup(register)
  group.setup(() => testUtils.db().wrapInGlobalTransaction())
  group.setup(createTables)
  group.setup(async () => {
    rows = await randomRows()
  })

  test('A-02 a valid filter answers what it means', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(filters(), async (filter) => {
        const parsed = parseFilter(JSON.parse(JSON.stringify(filter)), person, plain)
        const condition = sql`${compile(parsed, person, { timezone, now })} and ${existing(person)}`
        const expected = evaluate(filter, rows).filter((id) => rows.people[id - 1].deleted_at === null)
        assert.deepEqual(await idsOf('filter_people', condition), expected)
      }),
      { numRuns: runs }
    )
  }).timeout(240_000)

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
