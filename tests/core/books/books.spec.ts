import { test } from '@japa/runner'
import { execute, identifier, rows, sql, transaction } from '#core/database'
import { books, BuiltInValue, move, ValueInUse } from '#core/books'
import { edit, find, InvalidFields, objects, plain, remove, titles, type Values } from '#core/objects'
import { a, aUser, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const gender = () => objects.get('gender')
const order = async () => (await rows<{ code: string }>(sql`select code from genders order by position, id`)).map(({ code }) => code)
const places = async () => (await rows<{ position: number }>(sql`select position from genders order by position`)).map(({ position }) => position)
const changed = (book: string, id: number, values: Values) => transaction((trx) => edit(objects.get(book), id, values, nobody, trx))
const removed = (book: string, id: number) => transaction((trx) => remove(objects.get(book), id, nobody, trx))

const happened = (user: number, signal: string) =>
  execute(sql`insert into user_events (user_id, occurred_at, event_key, signal) values (${user}, now(), uuidv7(), ${signal})`)

async function signedIn(role: 'administrator' | 'marketer' = 'administrator', locale: 'ru' | 'en' = 'en') {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role, locale })).email)
  return visitor
}

test.group('Reference books (F16)', (group) => {
  rolledBack(group)

  test('those of the documents are there', ({ assert }) => {
    const named = ['user_type', 'user_status', 'gender', 'channel', 'unsubscribe_category', 'coupon_type', 'event_type', 'source']
    assert.includeMembers(books.map(({ name }) => name), named)
  })

  test('{$self} has a name in both languages for every value it came with')
    .with(['user_type', 'user_status', 'gender', 'channel', 'unsubscribe_category', 'coupon_type', 'event_type', 'source'])
    .run(async ({ assert }, name) => {
      const { table } = objects.get(name)
      const found = await rows<{ code: string; whole: boolean }>(
        sql`select code, name_ru <> '' and name_en <> '' as whole from ${identifier(table)}`
      )
      assert.isNotEmpty(found)
      assert.deepEqual(found.filter(({ whole }) => !whole), [])
    })

  test('a value is called in the language of the reader, and where it has no name there, in the other', async ({ assert }) => {
    const [both, one] = [await idOf('gender', 'female'), await a('gender', { code: 'x', nameRu: 'Иной' })]
    const called = async (locale: 'ru' | 'en') => (await titles(gender(), [both, one], { ...plain, locale })).map(({ title }) => title).sort()
    assert.deepEqual(await called('en'), ['Female', 'Иной'])
    assert.deepEqual(await called('ru'), ['Женский', 'Иной'])
  })

  test('a value without any name is refused at its field', async ({ assert }) => {
    const refused = await a('gender', { code: 'x', nameRu: null, nameEn: null }).catch((error) => error)
    assert.instanceOf(refused, InvalidFields)
    assert.equal(refused.errors.nameRu.code, 'required')
    const female = await idOf('gender', 'female')
    await changed('gender', female, { nameRu: null })
    const last = await changed('gender', female, { nameEn: null }).catch((error) => error)
    assert.equal(last.errors?.nameRu.code, 'required', 'the other name went before')
    assert.equal((await a('gender', { code: 'y' }).catch((error) => error)).errors?.nameRu.code, 'required')
    const unnamed = await transaction((trx) => execute(sql`insert into genders (code, position) values ('z', 9)`, trx)).catch((error) => error)
    assert.equal(unnamed.code, '23514')
  })

  test('a new value stands last, or where it is put, and the others make room', async ({ assert }) => {
    const last = await a('gender', { code: 'x', nameEn: 'X' })
    await a('gender', { code: 'y', nameEn: 'Y', position: 2 })
    assert.deepEqual(await order(), ['female', 'y', 'male', 'x'])
    await changed('gender', last, { position: 1 })
    assert.deepEqual(await order(), ['x', 'female', 'y', 'male'])
    await changed('gender', last, { position: 99 })
    assert.deepEqual(await order(), ['female', 'y', 'male', 'x'])
    assert.deepEqual(await places(), [1, 2, 3, 4])
  })

  test('a value moves one place up or down, and no further than the ends', async ({ assert }) => {
    const male = await idOf('gender', 'male')
    await move(gender(), male, 'up', nobody)
    assert.deepEqual(await order(), ['male', 'female'])
    await move(gender(), male, 'up', nobody)
    assert.deepEqual(await order(), ['male', 'female'])
    await move(gender(), male, 'down', nobody)
    assert.deepEqual(await order(), ['female', 'male'])
  })

  test('a value in use stays, and it is said what uses it', async ({ assert }) => {
    const one = await a('gender', { code: 'x', nameEn: 'X' })
    await aUser({ gender: one })
    const refused = await removed('gender', one).catch((error) => error)
    assert.instanceOf(refused, ValueInUse)
    assert.deepEqual(refused.uses, [{ object: 'user', count: 1 }])
    assert.exists(await find(gender(), one, plain))
  })

  test('a value that nothing uses goes', async ({ assert }) => {
    const one = await a('gender', { code: 'x', nameEn: 'X' })
    await removed('gender', one)
    assert.notExists(await find(gender(), one, plain))
  })

  test('an event that happened is a use of its type', async ({ assert }) => {
    const type = await a('event_type', { code: 'review.left', nameEn: 'Left a review' })
    const user = await aUser()
    await happened(user, 'review.left')
    assert.instanceOf(await removed('event_type', type).catch((error) => error), ValueInUse)
  })

  test('what the product asks for by its code is neither deleted nor called otherwise', async ({ assert }) => {
    for (const [book, code] of [['user_status', 'blocked'], ['channel', 'email'], ['event_type', 'receipt.added'], ['coupon_type', 'barcode']]) {
      const id = await idOf(book, code)
      assert.instanceOf(await removed(book, id).catch((error) => error), BuiltInValue)
      const refused = await changed(book, id, { code: 'other' }).catch((error) => error)
      assert.equal(refused.errors?.code?.code, 'builtIn')
      await changed(book, id, { nameEn: 'Renamed' })
    }
  })

  test('every signal has a name in the book of events', async ({ assert }) => {
    const found = await rows<{ code: string }>(sql`select code from event_types`)
    assert.includeMembers(found.map(({ code }) => code), ['receipt.added', 'user.unsubscribed'])
  })
})

test.group('Reference books on their pages', (group) => {
  rolledBack(group)

  test('an inactive value is offered for no new row, but stays chosen and is filtered by', async ({ assert }) => {
    const one = await a('gender', { code: 'x', nameEn: 'Neither', active: false })
    const user = await aUser({ gender: one })
    const visitor = await signedIn()
    assert.notInclude((await visitor.get('/users/create')).words, 'Neither')
    assert.include((await visitor.get(`/users/${user}`)).words, 'Neither')
    assert.include((await visitor.get(`/users/${user}/fields/gender/edit`)).words, 'Neither')

    const filter = JSON.stringify({ logic: 'and', of: [{ field: 'gender', operator: 'equal', value: [String(one)] }] })
    const page = await visitor.get(`/users?filter=${encodeURIComponent(filter)}`)
    assert.include(page.words, 'Neither')
    assert.match(page.words, new RegExp(`href="/users/${user}"`))
  })

  test('choices stand in the order of the book and in the language of the reader', async ({ assert }) => {
    await move(gender(), await idOf('gender', 'male'), 'up', nobody)
    const offered = async (locale: 'ru' | 'en') => {
      const { words } = await (await signedIn('administrator', locale)).get('/users/create')
      return /<select[^>]*name="gender"[\s\S]*?<\/select>/.exec(words)![0].match(/[А-ЯA-Z][а-яa-z]+(?=<\/option>)/g)!.slice(-2)
    }
    assert.deepEqual(await offered('ru'), ['Мужской', 'Женский'])
    assert.deepEqual(await offered('en'), ['Male', 'Female'])
  })

  test('a deletion that is refused says why and offers to make the value inactive', async ({ assert }) => {
    const one = await a('gender', { code: 'x', nameEn: 'Neither' })
    await aUser({ gender: one })
    const visitor = await signedIn()
    await visitor.get('/genders')
    const fragment = { 'hx-request': 'true', 'hx-request-type': 'partial' }
    const refused = await visitor.post(`/genders/${one}/deletion`, {}, fragment)
    assert.equal(refused.status, 422)
    assert.include(refused.words, 'Customers (1)')
    assert.include(refused.words, `action="/genders/${one}/inactivity"`)

    assert.equal((await visitor.post(`/genders/${one}/inactivity`, {}, fragment)).status, 204)
    assert.containSubset(await find(gender(), one, plain), { active: false })
  })

  test('up and down are buttons of those who may edit', async ({ assert }) => {
    const male = await idOf('gender', 'male')
    const [boss, marketer] = [await signedIn(), await signedIn('marketer')]
    assert.include((await boss.get('/genders')).words, `action="/genders/${male}/moves/up"`)
    assert.notInclude((await marketer.get('/genders')).words, '/moves/up')
    assert.equal((await marketer.post(`/genders/${male}/moves/up`)).status, 403)
    assert.equal((await boss.post(`/genders/${male}/moves/up`)).status, 303)
    assert.deepEqual(await order(), ['male', 'female'])
    assert.equal((await boss.post(`/genders/${male}/moves/sideways`)).status, 404)
    assert.equal((await boss.post('/genders/987654/moves/up')).status, 404)
  })

  test('the words of the timeline are those of the book', async ({ assert }) => {
    const user = await aUser()
    await happened(user, 'receipt.added')
    await changed('event_type', await idOf('event_type', 'receipt.added'), { nameEn: 'Bought something' })
    assert.include((await (await signedIn()).get(`/users/${user}/tab/events`)).words, 'Bought something')
  })
})
