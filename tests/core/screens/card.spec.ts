import { test } from '@japa/runner'
import { execute, row, rows, sql, transaction } from '#core/database'
import { edit } from '#core/objects'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { shelf, withLibrary } from './support/library.js'

const fragment = { 'hx-request': 'true', 'hx-request-type': 'partial' }

test.group('Card', (group) => {
  withLibrary(group)

  let visitor: Visitor
  let id: number
  group.each.setup(async () => {
    const staff = await aMemberOfStaff({ role: 'marketer' })
    visitor = new Visitor()
    await visitor.signIn(staff.email)
    id = (await row<{ id: number }>(sql`insert into test_shelves (name, price, code) values ('Дуб', 12550, 'A1') returning id`))!.id
    await execute(sql`insert into test_books (shelf_id, name) select ${id}, 'Том ' || n from generate_series(1, 12) n`)
    await visitor.get(`/test-shelves/${id}`)
  })

  const shelfNow = () => row<{ name: string; price: number }>(sql`select name, price from test_shelves where id = ${id}`)
  const put = (field: string, form: Record<string, string>) =>
    visitor.post(`/test-shelves/${id}/fields/${field}`, form, fragment)

  test('shows the title, the fields and the first five rows of a detail', async ({ assert }) => {
    const page = await visitor.get(`/test-shelves/${id}`)
    assert.equal(page.status, 200)
    assert.match(page.words, /<h1[^>]*>Дуб<\/h1>/)
    assert.include(page.words, '₽125.50')
    assert.lengthOf(page.words.match(/Том \d+<\/span>/g)!, 5)
    assert.include(page.words, `/test-shelves/${id}/details/books?shown=10`)
  })

  test('More adds five, and the detail sorts in three states', async ({ assert }) => {
    const more = await visitor.get(`/test-shelves/${id}/details/books?shown=10`, fragment)
    assert.lengthOf(more.words.match(/Том \d+<\/span>/g)!, 10)
    const sorted = await visitor.get(`/test-shelves/${id}/details/books?sort=-name`, fragment)
    assert.match(sorted.words, /Том 9[^]*Том 8/)
    assert.include(sorted.words, 'aria-sort="descending"')
    assert.equal((await visitor.get(`/test-shelves/${id}/details/books?sort=x'&shown=-5`, fragment)).status, 200)
    assert.equal((await visitor.get(`/test-shelves/${id}/details/nothing`, fragment)).status, 404)
  })

  test('a row of a detail unfolds into its own rows', async ({ assert }) => {
    const book = await row<{ id: number }>(sql`select id from test_books order by id desc limit 1`)
    await execute(sql`insert into test_pages (book_id, name) values (${book!.id}, 'Титул')`)
    const page = await visitor.get(`/test-shelves/${id}`)
    assert.include(page.words, `/test-books/${book!.id}/details/pages?nested=1`)
    const pages = await visitor.get(`/test-books/${book!.id}/details/pages?nested=1`, fragment)
    assert.include(pages.words, 'Титул')
  })

  test('a field is changed in place and the change is in the audit log', async ({ assert }) => {
    const form = await visitor.get(`/test-shelves/${id}/fields/price/edit`, fragment)
    assert.include(form.words, 'value="125.50"')
    const saved = await put('price', { price: '99,90', 'seen-price': '125.50' })
    assert.equal(saved.status, 200)
    assert.include(saved.words, '₽99.90')
    assert.equal((await shelfNow())!.price, 9990)
    const [change] = await rows<{ action: string; changes: object }>(sql`select * from audit_log where object = 'test_shelf'`)
    assert.containSubset(change, { action: 'edit', changes: { before: { price: 12550 }, after: { price: 9990 } } })
  })

  test('what cannot be read comes back with its error at the field', async ({ assert }) => {
    const refused = await put('price', { price: 'много', 'seen-price': '125.50' })
    assert.equal(refused.status, 422)
    assert.include(refused.words, 'value="много"')
    assert.include(refused.words, 'aria-invalid="true"')
    assert.include(refused.words, 'An amount is expected')
    assert.equal((await put('name', { name: '', 'seen-name': 'Дуб' })).status, 422)
    assert.equal((await put('name', { name: 'cursed', 'seen-name': 'Дуб' })).status, 422)
    assert.equal((await shelfNow())!.name, 'Дуб')
  })

  test('X-06 the second of two editors is told what the first wrote', async ({ assert }) => {
    await put('name', { name: 'Бук', 'seen-name': 'Дуб' })
    const late = await put('name', { name: 'Вяз', 'seen-name': 'Дуб' })
    assert.equal(late.status, 409)
    assert.include(late.words, 'Бук')
    assert.include(late.words, 'value="Вяз"')
    assert.equal((await shelfNow())!.name, 'Бук')
    assert.equal((await put('name', { name: 'Вяз', 'seen-name': 'Бук' })).status, 200)
  })

  test('A-10 fields that are fixed, read only or unknown are not written', async ({ assert }) => {
    for (const field of ['code', 'secret', 'id', 'createdAt', 'deleted_at', '__proto__']) {
      assert.equal((await put(field, { [field]: '7' })).status, 404, field)
    }
    const created = await visitor.post('/test-shelves', { name: 'Ясень', secret: 'told', deletedAt: '2020-01-01', id: '999' })
    assert.equal(created.status, 303)
    const made = await row<{ id: number; secret: string }>(sql`select * from test_shelves where name = 'Ясень'`)
    assert.equal(made!.secret, 'hush')
    assert.notEqual(made!.id, 999)
  })

  test('the create dialog keeps what was typed, names every error, then leads to the card', async ({ assert }) => {
    const dialog = await visitor.get('/test-shelves/create', fragment)
    assert.include(dialog.words, '<dialog')
    const refused = await visitor.post('/test-shelves', { name: '', price: 'x', kind: 'glass', code: 'B2' }, fragment)
    assert.equal(refused.status, 422)
    assert.lengthOf(refused.words.match(/aria-invalid="true"/g)!, 3)
    assert.include(refused.words, 'value="B2"')
    const taken = await visitor.post('/test-shelves', { name: 'Дуб' }, fragment)
    assert.equal(taken.status, 422)
    assert.include(taken.words, 'taken already')
    const created = await visitor.post('/test-shelves', { name: 'Клён' }, fragment)
    assert.match(created.headers.get('hx-redirect')!, /^\/test-shelves\/\d+$/)
  })

  test('"+" of a detail opens a form that knows whose row it will be', async ({ assert }) => {
    const dialog = await visitor.get(`/test-books/create?shelf=${id}`, fragment)
    assert.include(dialog.words, `name="shelf" value="${id}"`)
    assert.include(dialog.words, 'Дуб')
    const created = await visitor.post('/test-books', { shelf: String(id), name: 'Том 13', known: 'shelf' }, fragment)
    assert.equal(created.status, 204)
    assert.include(created.headers.get('hx-trigger')!, 'test_book:changed')
    const missing = await visitor.post('/test-books', { shelf: '999999', name: 'Том 14' }, fragment)
    assert.equal(missing.status, 422)
    assert.include(missing.words, 'There is no such row')
  })

  test('a small row is edited in its window', async ({ assert }) => {
    const book = (await row<{ id: number }>(sql`select id from test_books order by id limit 1`))!.id
    assert.include((await visitor.get(`/test-books/${book}/edit`, fragment)).words, 'value="Том 1"')
    const saved = await visitor.post(`/test-books/${book}`, { shelf: String(id), name: 'Том I' }, fragment)
    assert.equal(saved.status, 204)
    assert.equal((await row<{ name: string }>(sql`select name from test_books where id = ${book}`))!.name, 'Том I')
    const late = await visitor.post(`/test-books/${book}`, { 'shelf': String(id), 'name': 'Книга', 'seen-name': 'Том 1' }, fragment)
    assert.equal(late.status, 409)
    assert.include(late.words, 'Том I')
  })

  test('deletion asks first, then the card is gone', async ({ assert }) => {
    assert.include((await visitor.get(`/test-shelves/${id}/deletion`, fragment)).words, 'Дуб')
    await execute(sql`delete from test_books where shelf_id = ${id}`)
    const gone = await visitor.post(`/test-shelves/${id}/deletion`, {})
    assert.equal(gone.status, 303)
    assert.equal((await visitor.get(`/test-shelves/${id}`)).status, 404)
    assert.equal((await put('name', { name: 'Вяз', 'seen-name': 'Дуб' })).status, 404)
  })

  test('who may only read sees no pencil and changes nothing', async ({ assert }) => {
    const staff = await aMemberOfStaff({ role: 'viewer' })
    visitor = new Visitor()
    await visitor.signIn(staff.email)
    const page = await visitor.get(`/test-shelves/${id}`)
    assert.equal(page.status, 200)
    assert.notInclude(page.words, 'data-edit-fact')
    assert.notInclude(page.words, '/create')
    assert.equal((await visitor.get(`/test-shelves/${id}/fields/name/edit`, fragment)).status, 403)
    assert.equal((await put('name', { name: 'Вяз', 'seen-name': 'Дуб' })).status, 403)
    assert.equal((await visitor.post('/test-shelves', { name: 'Вяз' }, fragment)).status, 403)
    assert.equal((await visitor.post(`/test-shelves/${id}/deletion`, {})).status, 403)
  })

  test('a reference is searched by its title or id, by those who may read it', async ({ assert }) => {
    const json = async (path: string) => (await visitor.get(path, { accept: 'application/json' })).words
    assert.deepEqual(JSON.parse(await json(`/references/test-shelves?q=${encodeURIComponent('дУ')}`)), [{ id, title: 'Дуб' }])
    assert.deepEqual(JSON.parse(await json(`/references/test-shelves?q=${id}`)), [{ id, title: 'Дуб' }])
    assert.deepEqual(JSON.parse(await json('/references/test-shelves?q=%25')), [])
    assert.equal((await visitor.get('/references/test-vaults')).status, 403)
  })

  test('addresses that name no row are no pages', async ({ assert }) => {
    for (const path of ['/test-shelves/0', '/test-shelves/999999', '/test-shelves/1e3', '/test-shelves/99999999999999999999']) {
      assert.equal((await visitor.get(path)).status, 404, path)
    }
  })
})

test.group('Editing a card', (group) => {
  withLibrary(group)

  let visitor: Visitor
  let id: number
  group.each.setup(async () => {
    const staff = await aMemberOfStaff({ name: 'Пётр Вторый' })
    visitor = new Visitor()
    await visitor.signIn(staff.email)
    id = (await row<{ id: number }>(sql`insert into test_shelves (name, price, opened_at, code) values ('Дуб', 12550, '2026-02-01T10:00:00Z', 'A1') returning id`))!.id
    await visitor.get(`/test-shelves/${id}`)
  })

  const form = { 'name': 'Дуб', 'price': '125.50', 'openedAt': '2026-02-01T10:00', 'kind': '', 'seen-name': 'Дуб', 'seen-price': '125.50', 'seen-openedAt': '2026-02-01T10:00:00', 'seen-kind': '' }
  const save = (changes: Record<string, string>) => visitor.post(`/test-shelves/${id}`, { ...form, ...changes }, fragment)
  const now = () => row<{ name: string; price: number; kind: string | null; code: string }>(sql`select name, price, kind, code from test_shelves where id = ${id}`)

  test('opens all that may be written at once, and nothing else', async ({ assert }) => {
    assert.include((await visitor.get(`/test-shelves/${id}`)).words, 'data-edit-card')
    const { words } = await visitor.get(`/test-shelves/${id}/edit`, fragment)
    for (const name of ['name', 'price', 'openedAt', 'kind']) assert.include(words, `name="${name}"`)
    for (const name of ['code', 'secret', 'createdAt']) assert.notInclude(words, `name="${name}"`)
    assert.equal((await visitor.get(`/test-shelves/${id}/edit`)).status, 200)
  })

  test('writes what was changed, and answers the head with its title', async ({ assert }) => {
    const saved = await save({ name: 'Бук', kind: 'steel', code: 'B7' })
    assert.equal(saved.status, 200)
    assert.include(saved.words, 'id="card-head"')
    assert.match(saved.words, /#card-title[^>]*>Бук</)
    assert.deepEqual(await now(), { name: 'Бук', price: 12550, kind: 'steel', code: 'A1' })
    const [change] = await rows<{ changes: object }>(sql`select changes from audit_log where object = 'test_shelf' and action = 'edit'`)
    assert.deepEqual(change.changes, { before: { name: 'Дуб', kind: null }, after: { name: 'Бук', kind: 'steel' } })
  })

  test('every error stands at its field, and nothing typed is lost', async ({ assert }) => {
    const refused = await save({ name: '', price: 'много', kind: 'steel' })
    assert.equal(refused.status, 422)
    assert.lengthOf(refused.words.match(/aria-invalid="true"/g)!, 2)
    assert.include(refused.words, 'value="много"')
    assert.match(refused.words, /value="steel" selected/)
  })

  test('X-06 two who change different fields do not disturb each other', async ({ assert }) => {
    await execute(sql`update test_shelves set name = 'Вяз' where id = ${id}`)
    assert.equal((await save({ price: '99.90' })).status, 200)
    assert.containSubset(await now(), { name: 'Вяз', price: 9990 })
  })

  test('X-06 two who change the same field: the second sees both and chooses', async ({ assert }) => {
    const first = await aMemberOfStaff({ name: 'Анна Первая' })
    await transaction((trx) => edit(shelf, id, { name: 'Вяз' }, { staffId: first.id }, trx))
    const late = await save({ name: 'Бук', price: '99.90' })
    assert.equal(late.status, 409)
    for (const words of ['Вяз', 'Анна Первая', 'value="Бук"', 'value="99.90"', 'name="keep-name"', 'name="seen-name" value="Вяз"']) assert.include(late.words, words)
    assert.containSubset(await now(), { name: 'Вяз', price: 12550 })

    const theirs = await save({ 'name': 'Бук', 'price': '99.90', 'seen-name': 'Вяз', 'keep-name': 'theirs' })
    assert.equal(theirs.status, 200)
    assert.containSubset(await now(), { name: 'Вяз', price: 9990 })
    const mine = await save({ 'name': 'Бук', 'seen-name': 'Вяз', 'keep-name': 'mine', 'price': '99.90', 'seen-price': '99.90' })
    assert.equal(mine.status, 200)
    assert.containSubset(await now(), { name: 'Бук', price: 9990 })
  })

  test('X-06 of two who save at once, one is told', async ({ assert }) => {
    const answers = await Promise.all([save({ name: 'Бук' }), save({ name: 'Вяз' })])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  })
})
