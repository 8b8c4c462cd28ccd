import { readFile, writeFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { type ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { may, type Staff } from '#core/access'
import { builtInRoles, type Right } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { aRole, rolesForgotten } from '#tests/support/roles'
import { addressOf, exampleRoutes, registeredRoutes, type RegisteredRoute } from '#tests/support/routes'
import { aMemberOfStaff } from '#tests/support/staff'

const TABLE = app.makePath('tests/core/access/route_table.txt')

const HEAD = `# Who gets in where: every route of the router (generic ones at a few objects), and the roles that it does not turn away.
# The test compares it with what the server answers, and what the server answers with the matrix of rights. After a route was added or a right changed on purpose:
#   WRITE_ROUTE_TABLE=1 npm test -- --files=tests/core/access/routes.spec.ts
# and read the difference before it is committed; a run that writes the table never passes.
`

test.group('Routes', (group) => {
  rolesForgotten(group)
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
    for (const role of [...builtInRoles, await aRole('custom', CUSTOM)]) people.push(await aMemberOfStaff({ role }))
    const lines: string[] = []
    const surprises: string[] = []
    for (const route of exampleRoutes()) {
      const welcome = await welcomeAt(route, people, client)
      const listed = welcome.filter((role) => role !== 'custom').join(' ') || 'nobody'
      lines.push(`${route.method.padEnd(6)} ${route.pattern.padEnd(58)} ${listed}`)
      const expected = expectedAt(route, people)
      if (expected && expected.join() !== welcome.join()) surprises.push(`${route.method} ${route.pattern}: ${welcome} for ${expected}`)
    }
    const table = `${HEAD}\n${lines.join('\n')}\n`
    assert.deepEqual(surprises, [], 'the matrix of rights says otherwise')

    if (process.env.WRITE_ROUTE_TABLE) {
      await writeFile(TABLE, table)
      assert.fail('The table is written; read the difference and run again without WRITE_ROUTE_TABLE')
    }
    assert.deepEqual(table.split('\n'), (await readFile(TABLE, 'utf8')).split('\n'))
  }).timeout(900_000)
})

/** Neither more nor less than a role that somebody might make. */
const CUSTOM: Record<string, Right[]> = {
  user: ['read', 'edit'],
  segment: ['read', 'recount'],
  communication: ['read', 'send'],
  receipt: ['read', 'create', 'export'],
  role: ['read'],
}

/** Whom the matrix of rights lets in; undefined where the address itself decides. */
function expectedAt({ policy }: RegisteredRoute, people: Staff[]) {
  if (policy?.kind !== 'staff') return undefined
  return people.filter((person) => may(person, policy.right, policy.object)).map(({ role }) => role)
}

async function welcomeAt(route: RegisteredRoute, people: Staff[], client: ApiClient) {
  const everybody = [...people, undefined]
  const lets = await Promise.all(everybody.map((person) => letsIn(route, person, client)))
  return everybody.filter((_, index) => lets[index]).map((person) => person?.role ?? 'anonymous')
}

async function letsIn(route: RegisteredRoute, person: Staff | undefined, client: ApiClient) {
  /** As JSON, so that a refusal costs no page. */
  const asked = request(route, client).withCsrfToken().redirects(0).header('accept', 'application/json')
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
