import { test } from '@japa/runner'
import { objects } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { registeredRoutes, type RegisteredRoute } from '#tests/support/routes'
import { Caller } from './support/caller.js'
import { inhabited } from './support/inhabited.js'

/** What is no id at all, or one that nothing can have. */
const absurd = ['0', '-1', '007', '1.5', '1e3', '0x1', 'abc', '%D9%A1', "1'--", '1%20or%201=1', '999999999999999', '9'.repeat(40), 'null']

/** Routes of members of staff that name a row, whatever else they name. Systems are asked for their key first (tests/core/api). */
const named = () =>
  registeredRoutes().filter(({ policy, pattern }) => !['open', 'api', 'method'].includes(policy?.kind ?? '') && /:id\b/.test(pattern) && !ended.includes(pattern))

/** One's own session that is not there has ended already: that is what was wanted. */
const ended = ['/profile/places/:id/end']

/** Generic addresses differ in nothing but the object, so they are asked of one object of each kind. */
const shapes = (kinds: string[]) => {
  const others = objects.all().filter(({ name }) => !kinds.includes(name)).map(({ name, path = name }) => `/${path}/`)
  const byName = (pattern: string) => pattern.split('/:id')[1]
  const generic = new Set(named().filter(({ pattern }) => pattern.startsWith('/users/')).map(({ pattern }) => byName(pattern)))
  return named().filter(({ pattern }) => !generic.has(byName(pattern)) || !others.some((start) => pattern.startsWith(start)))
}

/** With a card, small, a reference book, without a section, only to be read, and staff themselves. */
const everyKind = ['user', 'identifier', 'channel', 'consent', 'receipt_line', 'staff']

const at = ({ pattern }: RegisteredRoute, id: string | number) =>
  pattern.replace(/:id\b/, String(id)).replace(/:relation\b/, 'receipts').replace(/:field\b/, 'name').replace(/:way\b/, 'up').replace(/:\w+\??/g, '1')

test.group('Ids of nobody and of others', (group) => {
  rolledBack(group)

  test('A-09 what is no id, or one that no row has, is an unknown page on every address', async ({ assert }) => {
    const boss = await Caller.as('administrator')
    const wrong: string[] = []
    for (const route of shapes(['user'])) {
      for (const id of absurd) {
        const { status } = await boss.send(route.method, at(route, id))
        if (status !== 404) wrong.push(`${route.method} ${at(route, id)} answers ${status}`)
      }
    }
    assert.isAbove(shapes(['user']).length, 40)
    assert.deepEqual(wrong, [])
  }).timeout(240_000)

  test('A-09 the id of a row of another object opens nothing, for {$self}')
    .with(['administrator', 'marketer', 'viewer'])
    .run(async ({ assert }, role) => {
      const ids = await inhabited()
      const caller = await Caller.as(role)
      const wrong: string[] = []
      for (const route of shapes(role === 'administrator' ? everyKind : ['user'])) {
        const own = route.policy?.kind === 'staff' ? ids[route.policy.object] : undefined
        const foreign = Object.values(ids).find((id) => id !== own)!
        const { status } = await caller.send(route.method, at(route, foreign))
        if (status !== 404 && status !== 403) wrong.push(`${route.method} ${at(route, foreign)} answers ${status}`)
      }
      assert.deepEqual(wrong, [])
    })
    .timeout(240_000)

  test('A-09 a part of a card that its object has not is an unknown page', async ({ assert }) => {
    const ids = await inhabited()
    const boss = await Caller.as('administrator')
    const wrong: string[] = []
    for (const [name, id] of Object.entries(ids)) {
      const { path } = objects.get(name)
      for (const part of ['head/nope', 'tab/nope', 'details/nope', 'panels/nope', 'fields/nope', 'fields/nope/edit', 'tab/__proto__', 'details/constructor', 'fields/toString', 'fields/__proto__']) {
        const { status } = await boss.get(`/${path}/${id}/${part}`)
        if (status !== 404) wrong.push(`/${path}/${id}/${part} answers ${status}`)
      }
    }
    assert.deepEqual(wrong, [])
  }).timeout(120_000)
})
