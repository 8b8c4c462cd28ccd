import { test } from '@japa/runner'
import { rolledBack } from '#tests/support/rolled_back'
import { Caller } from './support/caller.js'
import { inhabited } from './support/inhabited.js'
import { injections, LEAK, MOST_MS } from './support/sql.js'

/** Where an address of a section takes words; `$` is the payload. */
const places: Record<string, (payload: string) => string> = {
  search: (text) => `/users?search=${text}`,
  sort: (text) => `/users?sort=${text}`,
  'descending sort': (text) => `/users?sort=-${text}`,
  page: (text) => `/users?page=${text}`,
  size: (text) => `/users?size=${text}`,
  at: (text) => `/users?at=${text}`,
  folder: (text) => `/users?folder=${text}`,
  'stored filter': (text) => `/users?filter=~${text}`,
  columns: (text) => `/users?columns=${text}`,
  references: (text) => `/references/users?q=${text}`,
  total: (text) => `/users/total?search=${text}`,
  object: (text) => `/references/${text}`,
  tab: (text) => `/users/70001/tab/${text}`,
  'sort of a detail': (text) => `/users/70001/details/receipts?sort=${text}&shown=${text}`,
  'import of': (text) => `/imports/create?object=${text}`,
  'Ctrl+K': (text) => `/search?q=${text}`,
}

/** Where a filter takes words. */
const parts: Record<string, (payload: string) => object> = {
  'value of a text': (text) => ({ field: 'surname', operator: 'contains', value: [text] }),
  'equal text': (text) => ({ field: 'surname', operator: 'equal', value: [text] }),
  'value of a reference': (text) => ({ field: 'type', operator: 'equal', value: [text] }),
  'value of a date': (text) => ({ field: 'birthDate', operator: 'equal', value: [text] }),
  'field': (text) => ({ field: text, operator: 'equal', value: ['1'] }),
  'operator': (text) => ({ field: 'surname', operator: text, value: ['1'] }),
  'relation': (text) => ({ relation: text, operator: 'exists' }),
  'field of a sum': (text) => ({ relation: 'receipts', operator: 'sum', field: text, compare: 'atLeast', value: ['1'] }),
  'compared number': (text) => ({ relation: 'receipts', operator: 'count', compare: 'atLeast', value: [text] }),
  'path of a field': (text) => ({ field: `type.${text}`, operator: 'equal', value: ['1'] }),
}

/** Words that are read as SQL anywhere would be so in these; elsewhere every third payload, another third in each place. */
const thorough = ['search', 'sort', 'references', 'total', 'value of a text', 'field']
const someOf = (place: string) => injections.filter((_, n) => thorough.includes(place) || n % 3 === place.length % 3)

test.group('SQL in what people type', (group) => {
  rolledBack(group)

  let boss: Caller
  group.each.setup(async () => {
    await inhabited()
    boss = await Caller.as('administrator')
  })

  test('the proof has sixty ways', ({ assert }) => {
    assert.isAtLeast(new Set(injections).size, 60)
  })

  test('A-03 no word of an address reaches the database as SQL: {$self}')
    .with(Object.keys(places))
    .run(async ({ assert }, place) => {
      const wrong: string[] = []
      for (const payload of someOf(place)) await ask(places[place](encodeURIComponent(payload)), payload, wrong)
      assert.deepEqual(wrong, [])
    })
    .timeout(120_000)

  test('A-03 no word of a filter does: {$self}')
    .with(Object.keys(parts))
    .run(async ({ assert }, part) => {
      const wrong: string[] = []
      for (const payload of someOf(part)) {
        const filter = encodeURIComponent(JSON.stringify({ logic: 'and', of: [parts[part](payload)] }))
        await ask(`/users?filter=${filter}`, payload, wrong)
      }
      assert.deepEqual(wrong, [])
    })
    .timeout(120_000)

  test('A-03 what is always true finds no more than what is always false', async ({ assert }) => {
    const found = async (payload: string) => ((await boss.get(`/users?search=${encodeURIComponent(payload)}`)).words.match(/<tr data-opens/g) ?? []).length
    for (const quote of ["'", '"', "')", "'))", "%'"]) {
      assert.equal(await found(`zzz${quote} or 1=1 --`), 0, quote)
      assert.equal(await found(`zzz${quote} or 1=2 --`), 0, quote)
    }
  })

  test('A-03 no typed value of a form does, and the row holds it as it was typed', async ({ assert }) => {
    const wrong: string[] = []
    for (const payload of injections) {
      const answer = await boss.post('/outlets', { code: payload, name: payload, city: payload })
      if (answer.status !== 303 || answer.milliseconds > MOST_MS) wrong.push(`${answer.status} after ${answer.milliseconds} ms: ${payload}`)
    }
    assert.deepEqual(wrong, [])
  }).timeout(120_000)

  async function ask(path: string, payload: string, wrong: string[]) {
    const { status, words, milliseconds } = await boss.get(path)
    const told = /syntax error|unterminated|pg_catalog|SQLSTATE|column ".*" does not exist|PostgreSQL \d/i.exec(words.replaceAll(payload, ''))
    if (status >= 500) wrong.push(`${status}: ${payload}`)
    if (milliseconds > MOST_MS) wrong.push(`${milliseconds} ms: ${payload}`)
    if (words.includes(LEAK)) wrong.push(`leaked: ${payload}`)
    if (told) wrong.push(`"${told[0]}": ${payload}`)
  }
})
