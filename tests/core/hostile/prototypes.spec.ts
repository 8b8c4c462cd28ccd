import { test } from '@japa/runner'
import { rolledBack } from '#tests/support/rolled_back'
import { addressOf, registeredRoutes } from '#tests/support/routes'
import { Caller } from './support/caller.js'
import { inhabited } from './support/inhabited.js'

const names = [
  '__proto__[polluted]', '__proto__.polluted', '__proto__[__proto__][polluted]', 'constructor[prototype][polluted]', 'constructor.prototype.polluted',
  '[__proto__][polluted]', 'a[__proto__][polluted]', 'a[constructor][prototype][polluted]', '__proto__[]', 'constructor', '__defineGetter__', 'hasOwnProperty',
]
const query = names.map((name) => `${encodeURIComponent(name)}=yes`).join('&')

/** As text: an object literal would set the prototype of itself. */
const json = '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"a":{"__proto__":{"polluted":"yes"}},"filter":{"__proto__":{"polluted":"yes"}},"name":{"__proto__":{"polluted":"yes"}},"fields":{"__proto__":{"column":"polluted"}}}'
const filter = '{"logic":"and","of":[{"field":"__proto__","operator":"constructor","value":["1"]},{"__proto__":{"polluted":"yes"}}],"__proto__":{"polluted":"yes"}}'

const untouched = Object.getOwnPropertyNames(Object.prototype).sort()

test.group('Names that reach into the prototype', (group) => {
  rolledBack(group)

  test('A-11 on no address, in no kind of body, does any of them arrive', async ({ assert }) => {
    await inhabited()
    const boss = await Caller.as('administrator')
    const failed: string[] = []
    const ask = async (method: string, path: string, body?: RequestInit['body'], type?: string) => {
      const { status } = await boss.send(method, path, body, type ? { 'content-type': type } : {})
      if (status >= 500) failed.push(`${method} ${path} ${type ?? ''} answers ${status}`)
      if ('polluted' in {}) failed.push(`${method} ${path} ${type ?? ''} polluted Object.prototype`)
    }

    for (const route of representatives()) {
      const path = addressOf(route).replace('987654321', '70001')
      await ask(route.method, `${path}?${query}`)
      if (route.method === 'GET') continue
      await ask(route.method, path, query, 'application/x-www-form-urlencoded')
      await ask(route.method, path, multipart())
      await ask(route.method, path, json, 'application/json')
    }
    assert.deepEqual(failed, [])
    assert.deepEqual(Object.getOwnPropertyNames(Object.prototype).sort(), untouched)
  }).timeout(240_000)

  test('A-11 nor through a filter, a sort, a folder or the columns of a list', async ({ assert }) => {
    const boss = await Caller.as('administrator')
    for (const name of ['filter', 'sort', 'folder', 'search', 'size', 'page', 'at', 'columns', 'head', 'tab']) {
      for (const value of ['__proto__', 'constructor', 'toString', filter]) {
        const { status } = await boss.get(`/users?${name}=${encodeURIComponent(value)}`)
        assert.isBelow(status, 500, `${name}=${value}`)
      }
    }
    const saved = await boss.post('/folders', { object: '__proto__', name: 'x', filter })
    assert.oneOf(saved.status, [404, 422])
    for (const object of ['__proto__', 'constructor', 'hasOwnProperty']) {
      assert.isBelow((await boss.get(`/imports/create?object=${object}`)).status, 500)
      for (const path of [`/${object}`, `/${object}/1`, `/references/${object}`, `/filters/${object}`]) {
        assert.oneOf((await boss.get(path)).status, [404, 422], path)
      }
    }
    assert.notProperty({}, 'polluted')
  }).timeout(120_000)
})

/** One of each pattern: routes of an object differ in nothing but the object. */
function representatives() {
  const seen = new Set<string>()
  return registeredRoutes().filter(({ method, pattern, policy }) => {
    const shape = `${method} ${policy?.kind === 'staff' ? pattern.replace(/^\/(references\/|filters\/)?[^/]+/, '$1') : pattern}`
    if (seen.has(shape) || pattern === '/logout' || pattern === '/sign-out') return false
    seen.add(shape)
    return true
  })
}

function multipart() {
  const body = new FormData()
  for (const name of names) body.append(name, 'yes')
  return body
}
