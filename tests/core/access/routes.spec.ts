import { readFile, writeFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { type ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { type Staff } from '#core/access'
import { builtInRoles } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { addressOf, registeredRoutes, type RegisteredRoute } from '#tests/support/routes'
import { aMemberOfStaff } from '#tests/support/staff'

const TABLE = app.makePath('tests/core/access/route_table.txt')

const HEAD = `# Who gets in where: every route of the router, and the roles that it does not turn away.
# The test compares it with what the server answers. After a route was added or a right changed on purpose:
#   WRITE_ROUTE_TABLE=1 npm test -- --files=tests/core/access/routes.spec.ts
# and read the difference before it is committed; a run that writes the table never passes.
`

test.group('Routes', (group) => {
  rolledBack(group)

  test('A-07 every route has a policy', ({ assert }) => {
    const without = registeredRoutes().filter(({ policy }) => !policy)
    assert.deepEqual(
      without.map(({ method, pattern }) => `${method} ${pattern}`),
      [],
      'register them through the groups `staff` and `open`'
    )
  })

  test('A-07 every route lets in whom the table says, and nobody else', async ({ client, assert }) => {
    const people: Staff[] = []
    for (const role of builtInRoles) people.push(await aMemberOfStaff({ role }))
    const lines: string[] = []
    for (const route of registeredRoutes()) lines.push(await lineOf(route, people, client))
    const table = `${HEAD}\n${lines.join('\n')}\n`

    if (process.env.WRITE_ROUTE_TABLE) {
      await writeFile(TABLE, table)
      assert.fail('The table is written; read the difference and run again without WRITE_ROUTE_TABLE')
    }
    assert.deepEqual(table.split('\n'), (await readFile(TABLE, 'utf8')).split('\n'))
  }).timeout(240_000)
})

async function lineOf(route: RegisteredRoute, people: Staff[], client: ApiClient) {
  const welcome = []
  for (const person of [...people, undefined]) {
    if (await letsIn(route, person, client)) welcome.push(person?.role ?? 'anonymous')
  }
  return `${route.method.padEnd(6)} ${route.pattern.padEnd(58)} ${welcome.join(' ') || 'nobody'}`
}

async function letsIn(route: RegisteredRoute, person: Staff | undefined, client: ApiClient) {
  const asked = request(route, client).withCsrfToken().redirects(0).header('accept', 'text/html')
  const response = await (person ? asked.loginAs(person) : asked)
  const status = response.status()
  if (status >= 500) throw new Error(`${route.method} ${addressOf(route)} answers ${status} to ${person?.role ?? 'nobody'}`)
  const toSignIn = String(response.header('location') ?? '').startsWith('/login?')
  return status !== 403 && status !== 401 && !toSignIn
}

function request(route: RegisteredRoute, client: ApiClient) {
  const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
  return client[method](addressOf(route))
}
