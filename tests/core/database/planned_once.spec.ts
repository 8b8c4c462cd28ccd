import { test } from '@japa/runner'
import { plannedOnce, row, rows, sql, transaction } from '#core/database'

const question = (value: number) => sql`select ${value}::integer as planned_once_answer, '{"a": 1}'::jsonb ? 'a' as known`

/** On the one connection of a transaction. */
const ask = (work: typeof plannedOnce) =>
  transaction(async (trx) => {
    const answers = []
    for (const value of [1, 2, 3]) answers.push(await work(() => row(question(value), trx)))
    const plans = await rows<{ runs: number }>(
      sql`select generic_plans + custom_plans as runs from pg_prepared_statements where statement like '%planned_once_answer%' and from_sql is false`,
      trx
    )
    return { answers, plans }
  })

test.group('Statements that are planned once', () => {
  test('one plan answers each time with its own values', async ({ assert }) => {
    const { answers, plans } = await ask(plannedOnce)
    assert.deepEqual(answers, [1, 2, 3].map((value) => ({ planned_once_answer: value, known: true })))
    assert.deepEqual(plans, [{ runs: 3 }])
  })

  test('all others are planned for the values that they come with', async ({ assert }) => {
    const { plans } = await transaction(async (trx) => {
      await row(sql`select ${1}::integer as planned_each_time`, trx)
      return { plans: await rows(sql`select name from pg_prepared_statements where statement like '%planned_each_time%'`, trx) }
    })
    assert.deepEqual(plans, [])
  })

  test('a value that is missing is refused, not sent as null', async ({ assert }) => {
    await assert.rejects(() => row(sql`select ${undefined}::text`), /Undefined/)
  })
})
