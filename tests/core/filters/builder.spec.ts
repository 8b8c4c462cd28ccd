import { test } from '@japa/runner'
import { formOf, type Group } from '#core/filters'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const htmx = { 'hx-request': 'true', 'hx-request-type': 'partial' }

async function aMarketer() {
  const visitor = new Visitor()
  const staff = await aMemberOfStaff()
  await visitor.signIn(staff.email)
  await visitor.get('/filters/users')
  return visitor
}

function press(visitor: Visitor, draft: Group, action: string, more: Record<string, string> = {}, headers = htmx) {
  const inputs = Object.fromEntries(formOf(draft, 'filter'))
  return visitor.post('/filters/users', { ...inputs, 'builder-applies': '1', 'builder-action': action, ...more }, headers)
}

const nothing: Group = { logic: 'and', of: [] }
const surname: Group = { logic: 'and', of: [{ field: 'surname', operator: 'contains', value: ['Ёл"<b>'] }] }

test.group('Filter builder', (group) => {
  rolledBack(group)

  test('is a page of its own without JavaScript', async ({ assert }) => {
    const visitor = await aMarketer()
    const page = await visitor.get(`/filters/users?filter=${encodeURIComponent(JSON.stringify(surname))}`)
    assert.equal(page.status, 200)
    assert.match(page.words, /<h1[^>]*>Filter<\/h1>/)
    assert.include(page.words, 'value="Ёл&quot;&lt;b&gt;"')
  })

  test('adds, copies and removes conditions and groups', async ({ assert }) => {
    const visitor = await aMarketer()
    const added = await press(visitor, nothing, 'addCondition ')
    assert.equal(added.status, 200)
    assert.include(added.words, 'name="filter-0-subject"')
    assert.notInclude(added.words, '<html')
    assert.include((await press(visitor, nothing, 'addGroup ')).words, 'name="filter-0-0-subject"')
    assert.include((await press(visitor, surname, 'copy 0')).words, 'name="filter-1-subject"')
    assert.notInclude((await press(visitor, surname, 'remove 0')).words, 'name="filter-0-subject"')
    assert.include((await press(visitor, surname, 'logic ')).words, 'name="filter-logic" value="or"')
  })

  test('offers own fields, fields of referenced objects and relations', async ({ assert }) => {
    const { words } = await press(await aMarketer(), nothing, 'addCondition ')
    for (const subject of ['surname', 'type.nameEn', '@receipts', '@receipts.total']) assert.include(words, `<option value="${subject}"`)
  })

  test('applies a filter to the address of the section', async ({ assert }) => {
    const visitor = await aMarketer()
    const applied = await press(visitor, surname, 'apply', {}, {} as never)
    assert.equal(applied.status, 303)
    const address = new URL(applied.headers.get('location')!, 'http://here')
    assert.equal(address.pathname, '/users')
    assert.deepEqual(JSON.parse(address.searchParams.get('filter')!), surname)
    assert.include((await press(visitor, surname, 'apply')).headers.get('hx-redirect')!, '/users?filter=')
    assert.equal((await press(visitor, nothing, 'apply')).headers.get('hx-redirect'), '/users')
  })

  test('tells what is wrong at its condition', async ({ assert }) => {
    const wrong: Group = {
      logic: 'and',
      of: [
        { field: 'birthDate', operator: 'equal', value: ['32.01.2020'] },
        { relation: 'receipts', operator: 'exists', where: { logic: 'or', of: [{ field: '', operator: '' }] } },
      ],
    }
    const { status, words } = await press(await aMarketer(), wrong, 'apply')
    assert.equal(status, 422)
    assert.match(words, /id="filter-0-error"[\s\S]*A date is expected/)
    assert.match(words, /id="filter-1-0-error"[\s\S]*Fill this in/)
    assert.include(words, 'value="32.01.2020"')
  })

  test('tells how many values are too many, and what a filter cannot hold', async ({ assert }) => {
    const visitor = await aMarketer()
    const lines = Array.from({ length: 1001 }, (_, n) => `Ёлкин${n}`).join('\n')
    const pasted = { 'filter-0-subject': 'surname', 'filter-0-operator': 'in', 'filter-0-lines': lines }
    assert.match((await press(visitor, nothing, '', pasted)).words, /At most 1,?000 values, and here are 1,?001/)
    const deep = (levels: number): Group => ({ logic: 'and', of: [levels > 1 ? deep(levels - 1) : surname.of[0]] })
    const path = Array.from({ length: 9 }, () => '0').join('.')
    assert.include((await press(visitor, deep(10), `addGroup ${path}`)).words, 'At most 10 levels of groups')
  })

  test('moves a condition into a group and out of it, and follows it with the focus', async ({ assert }) => {
    const visitor = await aMarketer()
    const two: Group = { logic: 'and', of: [surname.of[0], { logic: 'or', of: [{ field: 'givenName', operator: 'empty' }] }] }
    const within = await press(visitor, two, 'down 0')
    assert.match(within.words, /value="down 0\.0"[^>]*autofocus/)
    const out = await press(visitor, two, 'up 1.0')
    assert.match(out.words, /value="up 1"[^>]*autofocus/)
  })

  test('takes hostile input for an empty draft', async ({ assert }) => {
    const visitor = await aMarketer()
    const hostile = { 'filter-__proto__-subject': 'x', 'filter-0-subject': '@__proto__', 'filter-1-subject': 'constructor', 'filter-2-9999-logic': 'x' }
    for (const action of ['', 'constructor 0', 'remove 0.9.9', 'addCondition 0.0.0', '__proto__ ', 'copy -1']) {
      assert.equal((await press(visitor, nothing, action, hostile)).status, 200)
    }
    assert.equal((await visitor.get('/filters/users?filter=%7B')).status, 200)
    assert.equal((await visitor.get('/filters/nothing')).status, 404)
  })
})
