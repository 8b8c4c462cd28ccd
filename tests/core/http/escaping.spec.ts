import { test } from '@japa/runner'
import { transaction } from '#core/database'
import { create, objects } from '#core/objects'
import { alive, scripts } from '#tests/support/hostile'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

/** One of each way, with another effect in turn: pages cost more than words. */
const some = scripts.filter((_, n) => n % 3 === Math.floor(n / 3) % 3)
const FRAGMENT = { 'hx-request': 'true', 'hx-request-type': 'partial' }

test.group('Scripts in what people type', (group) => {
  rolledBack(group)

  let visitor: Visitor
  group.each.setup(async () => {
    const boss = await aMemberOfStaff({ role: 'administrator', name: scripts[1] })
    visitor = new Visitor()
    await visitor.signIn(boss.email)
  })

  test('F-06 the proof sees what would run', ({ assert }) => {
    const dead = scripts.filter((script) => !alive(`<p title="x">${script}</p>`).length)
    assert.isAtMost(dead.length, 21, 'those are alive only inside an attribute or another language')
    assert.isEmpty(alive('<p>&lt;script&gt;</p><script src="/a.js"></script>'))
  })

  test('F-06 names of customers and goods stay words on every page', async ({ assert }) => {
    for (const [name, fields] of Object.entries({ user: ['surname', 'givenName', 'externalId'], good: ['name', 'code'] })) {
      const object = objects.get(name)
      for (const script of some) {
        const values = Object.fromEntries(fields.map((field) => [field, script]))
        const id = await transaction((trx) => create(object, values, { staffId: null }, trx))
        const card = await visitor.get(`/${object.path}/${id}`)
        assert.equal(card.status, 200)
        assert.isEmpty(alive(card.words), `card: ${script}`)
      }
      for (const address of [`/${object.path}?size=100`, '/audit?size=100']) {
        const list = await visitor.get(address)
        assert.equal(list.status, 200)
        assert.isEmpty(alive(list.words), address)
      }
      const found = await visitor.get(`/references/${object.path}?q=script`)
      assert.match(found.headers.get('content-type')!, /^application\/json/)
    }
  }).timeout(120_000)

  test('F-06 what an address says stays words too', async ({ assert }) => {
    for (const script of some) {
      const text = encodeURIComponent(script)
      for (const path of [`/users?q=${text}`, `/users?sort=${text}&page=${text}`, `/users?filter=${text}`, `/${text}`, `/login?return=${text}`]) {
        const page = await visitor.get(path)
        assert.isBelow(page.status, 500, path)
        assert.isEmpty(alive(page.words), path)
      }
    }
  }).timeout(120_000)

  test('F-06 a form that is drawn again gives back words', async ({ assert }) => {
    await visitor.get('/profile')
    for (const script of some) {
      const page = await visitor.post('/profile', { name: script, locale: script, timezone: script })
      assert.equal(page.status, 422)
      assert.isEmpty(alive(page.words), script)
      const dialog = await visitor.post('/users', { surname: script, birthDate: script }, FRAGMENT)
      assert.isBelow(dialog.status, 500)
      assert.isEmpty(alive(dialog.words), script)
    }
  }).timeout(120_000)

  test('F-06 the sign-in form gives back words', async ({ assert }) => {
    const stranger = new Visitor()
    await stranger.get('/login')
    for (const script of some) {
      const page = await stranger.post('/login', { email: script, password: script, return: script })
      assert.isEmpty(alive(page.words), script)
    }
  })
})
