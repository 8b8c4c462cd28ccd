import { test } from '@japa/runner'
import { type Staff } from '#core/access'
import { execute, rows, sql } from '#core/database'
import { conditionOf, everything } from '#core/filters'
import { menu } from '#core/modules'
import { objects } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { a, aReceipt, aUser, anEmail } from '#tests/support/people'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { lookupsOf, statementOf } from '../../../app/core/search/find_rows.js'
import { marked } from '../../../app/core/search/marked.js'

const aPhone = (user: number, value: string) => a('identifier', { user, type: 'phone', value, confirmed: true })

test.group('Search from anywhere', (group) => {
  rolledBack(group)

  test('finds a customer by a name in any order, with ё for е and by beginnings of words', async ({ assert }) => {
    const id = await aUser({ surname: 'Ёлкина', givenName: 'Артём', middleName: 'Семёнович' })
    const find = await finding('marketer')
    for (const typed of ['елкина', 'Ёлкина Артем', 'артем ёлк', 'семен ЕЛКИНА ар', 'ёл']) {
      assert.include(await find(typed), `/users/${id}`, typed)
    }
    for (const typed of ['лкина', 'ёлкина борис', '%', '_лкина', "' or 1=1 --", 'ё'.repeat(500)]) {
      assert.notInclude(await find(typed), `/users/${id}`, typed)
    }
  })

  test('finds a customer by a phone in any spelling, and by its last digits', async ({ assert }) => {
    const id = await aUser({ surname: 'Звонкова' })
    await aPhone(id, '+79161234567')
    const find = await finding('marketer')
    const spellings = ['8 (916) 123-45-67', '+7 916 123 45 67', '79161234567', '9161234567', '8916123', '916 123', '+7916', '4567', '45-67']
    for (const typed of spellings) assert.include(await find(typed), `/users/${id}`, typed)
    assert.notInclude(await find('8 (916) 123-45-68'), `/users/${id}`)
  })

  test('finds by mail, card, external id, number of the receipt, fiscal drive and id', async ({ assert }) => {
    const id = await aUser({ surname: 'Разная', externalId: 'crm-77001' })
    await anEmail(id, 'raznaya@example.com')
    await a('identifier', { user: id, type: 'card', value: '2900 0000 4412', confirmed: true })
    const receipt = await aReceipt(id, { number: 'Z-100/7', fn: '9282440300123456' })
    const find = await finding('marketer')
    for (const typed of ['raznaya@example.com', 'RAZNAYA@ex', 'raznaya', '290000004412', '2900-0000', 'crm-77001', `№${id}`, `${id}`]) {
      assert.include(await find(typed), `/users/${id}`, typed)
    }
    for (const typed of ['Z-100/7', '№ Z-100', '9282440300123456']) assert.include(await find(typed), `/receipts/${receipt}`, typed)
  })

  test('the search of the section finds customers by the same ways, through an index', async ({ assert }) => {
    const id = await aUser({ surname: 'Седьмая7' })
    await aPhone(id, '+79161234567')
    await anEmail(id, 'Sedmaya@example.com')
    await a('identifier', { user: id, type: 'card', value: '2900 0000 4412', confirmed: true })
    const visitor = await signedIn('marketer')
    const isShown = async (typed: string) => (await visitor.get(`/users?search=${encodeURIComponent(typed)}`)).words.includes(`href="/users/${id}"`)
    for (const typed of ['8 (916) 123-45-67', '9161234567', '45-67', 'SEDMAYA@example', '2900-0000-4412', 'седьмая7']) assert.isTrue(await isShown(typed), typed)
    for (const typed of ['8 (916) 123-45-68', 'sedmaya@example.org']) assert.isFalse(await isShown(typed), typed)

    await execute(sql`set local enable_seqscan = off`)
    const where = conditionOf({ object: objects.get('user'), filter: everything, search: '8 916 123-45-67' }, { timezone: 'UTC' })
    const plan = await rows<{ 'QUERY PLAN': string }>(sql`explain select t.id from users t where ${where}`)
    assert.notMatch(plan.map((line) => line['QUERY PLAN']).join('\n'), /Seq Scan/)
  })

  test('deleted customers are not found', async ({ assert }) => {
    const id = await aUser({ surname: 'Ушедшая' })
    await execute(sql`update users set deleted_at = now() where id = ${id}`)
    const find = await finding('marketer')
    assert.notInclude(await find('ушедшая'), `/users/${id}`)
    assert.notInclude(await find(`№${id}`), `/users/${id}`)
  })

  test('who may not see personal data finds customers by number and external id only', async ({ assert }) => {
    const id = await aUser({ surname: 'Тайная', externalId: 'secret-1' })
    await aPhone(id, '+79160000001')
    const visitor = await signedIn('viewer')
    for (const typed of ['тайная', '+79160000001', '0001']) {
      const { words } = await visitor.get(`/search?q=${encodeURIComponent(typed)}`)
      assert.notInclude(words, `/users/${id}"`, typed)
    }
    for (const typed of [`№${id}`, 'secret-1']) {
      const { words } = await visitor.get(`/search?q=${encodeURIComponent(typed)}`)
      assert.include(words, `href="/users/${id}"`)
      assert.notInclude(words, 'Тайная')
      assert.notInclude(words, '79160000001')
    }
  })

  test('pages and actions are those that the person may use, by their names in either language', async ({ assert }) => {
    const marketer = await finding('marketer')
    const viewer = await finding('viewer')
    assert.include(await marketer('segments'), '/segments')
    assert.include(await marketer('сегменты'), '/segments')
    assert.include(await marketer('create customer'), '/users/create')
    assert.include(await marketer('import customers'), '/imports/create?object=user')
    assert.notInclude(await marketer('staff'), '/staff')
    assert.notInclude(await viewer('create customer'), '/users/create')
    assert.notInclude(await viewer('import customers'), '/imports/create?object=user')
    assert.isEmpty(await marketer('qwxzqwxz'))
  })

  test('before anything is typed it offers what the person opened last, as far as they may still read it', async ({ assert }) => {
    const [first, second] = [await aUser({ surname: 'Первая' }), await aUser({ surname: 'Вторая' })]
    const visitor = await signedIn('marketer')
    for (const id of [first, second, first]) await visitor.get(`/users/${id}`)
    const { words } = await visitor.get('/search')
    assert.isBelow(words.indexOf(`/users/${first}"`), words.indexOf(`/users/${second}"`))

    await execute(sql`update users set deleted_at = now() where id = ${second}`)
    assert.notInclude((await visitor.get('/search')).words, `/users/${second}"`)
    assert.notInclude((await (await signedIn('marketer')).get('/search')).words, `/users/${first}"`)
  })

  test('marks what was typed, and lets nothing of it through as markup', async ({ assert }) => {
    await aUser({ surname: '<b>Метка</b>', givenName: 'Пётр' })
    const { words } = await (await signedIn('marketer')).get(`/search?q=${encodeURIComponent('петр')}`)
    assert.include(words, '<mark>Пётр</mark>')
    assert.include(words, '&lt;b&gt;Метка&lt;/b&gt;')
    const hits = (text: string, typed: string) => marked(text, typed).filter(({ hit }) => hit).map((piece) => piece.text)
    assert.deepEqual(hits('+79161234567', '8 (916) 123'), ['9161234567'.slice(0, 6)])
    assert.deepEqual(hits('Иванова Мария', 'мар ива'), ['Ива', 'Мар'])
    assert.equal(marked('İstanbul', 'i').map(({ text }) => text).join(''), 'İstanbul')
  })

  test('no two entries of the menu have one letter', ({ assert }) => {
    const letters = menu.map(({ key }) => key).filter(Boolean)
    assert.deepEqual([...new Set(letters)], letters)
  })

  test('every way to a customer goes along an index', async ({ assert }) => {
    await execute(sql`set local enable_seqscan = off`)
    const asked: [object: string, typed: string][] = [
      ['user', '8 (916) 123-45-67'], ['user', '4567'], ['user', 'ivanov@exam'], ['user', 'crm-7'], ['user', '№12'], ['user', 'иванов ив'],
      ['receipt', '9282440300123456'], ['receipt', 'Z-100'], ['good', 'молоко'],
    ]
    for (const [name, typed] of asked) {
      const object = objects.get(name)
      const plan = await rows<Record<string, string>>(sql`explain ${statementOf(object, lookupsOf(object, typed))}`)
      const words = plan.map((line) => Object.values(line)[0]).join('\n')
      assert.notMatch(words, /Seq Scan on (users|user_identifiers|receipts|goods)/, `${name}: ${typed}\n${words}`)
    }
  })
})

/** Addresses that a person of this role finds. */
async function finding(role: Staff['role']) {
  const visitor = await signedIn(role)
  return async (typed: string) => {
    const { words, status } = await visitor.get(`/search?q=${encodeURIComponent(typed)}`, { 'hx-request': 'true' })
    if (status !== 200) throw new Error(`${typed}: ${status}`)
    return [...words.matchAll(/role="option"[^>]*|href="([^"]+)"/g)].map(([, href]) => href?.replaceAll('&amp;', '&')).filter((href) => href !== undefined)
  }
}

async function signedIn(role: Staff['role']) {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role })).email)
  return visitor
}
