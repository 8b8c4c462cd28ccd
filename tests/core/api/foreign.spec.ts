import { test } from '@japa/runner'
import { execute, sql } from '#core/database'
import { methods, type Method } from '#core/methods'
import { hashOfSecret } from '#core/secrets'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources, TILL_KEY } from '#tests/support/sources'
import { outdateSources } from '../../../app/campaigns/sources/source_by_code.js'
import { inhabited } from '../hostile/support/inhabited.js'
import { allScopes, signedIn, systemWith } from './support/callers.js'
import { printsOf } from './support/kept.js'
import { bodyOf, demoShop, Newcomer, say, SITE_KEY, triedMethods } from './support/newcomer.js'
import { operations, type Called } from './support/operations.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

async function call(source: string, { name, example, files }: Method, headers: Record<string, string>) {
  const json: Record<string, string> = files.length ? {} : { 'content-type': 'application/json' }
  const body = files.length ? (bodyOf({ name, example, files } as Method) as FormData) : JSON.stringify(example.input)
  return fetch(`${home}/api/v1/${source}/${name}`, { method: 'POST', headers: { ...json, ...headers }, body })
}

test.group('Proofs of others', (group) => {
  rolledBack(group)
  callingSources(group)
  group.each.setup(demoShop)

  test('A-09 no method takes the session, the key or the customer of another source, of another kind of caller, or one that has ended', async ({ assert }) => {
    const anna = await Newcomer.registers(methods.get('user/register'))
    await execute(sql`update sources set front_end = true where code = 'app'`)
    await execute(sql`insert into sources (code, name_ru, kind, position, front_end, active) values ('closed', 'Закрыт', 'site', 99, true, false)`)
    await execute(sql`insert into sources (code, name_ru, kind, position, key_hash) values ('booth', 'Киоск', 'site', 98, ${hashOfSecret('of the booth')})`)
    outdateSources()
    const proofs = await foreignProofs(anna.id)
    const wrong: string[] = []
    for (const method of methods.all()) {
      for (const [what, source, headers] of proofs[method.caller]) {
        const { status } = await call(source, method, headers)
        if (status !== (source === 'closed' ? 404 : 401)) wrong.push(`${method.name} with ${what} answers ${status}`)
      }
    }
    assert.deepEqual(wrong, [])
  }).timeout(120_000)

  test('A-09 whatever one customer calls, nothing of another is told or changed, and no method asks for an id', async ({ assert }) => {
    const anna = await Newcomer.registers(methods.get('user/register'))
    const mine = triedMethods().filter(({ caller }) => caller !== 'anyone')
    for (const method of mine) await call('site', method, await anna.proof(method))
    await execute(sql`update users set surname = 'Canary', middle_name = 'Canary' where id = ${anna.id}`)
    const before = await printsOf(anna.id)

    const boris = await say('user/register', {
      identifiers: [{ type: 'email', value: 'boris@example.com' }], consents: [{ kind: 'personal_data', document: '1', value: true }],
    })
    const wrong: string[] = []
    for (const method of mine) {
      const told = { ...method, example: { ...method.example, input: of('boris', method.example.input) } }
      const proof: Record<string, string> = method.caller === 'server' ? { 'x-source-key': SITE_KEY, 'x-user': String(boris.body.userId) } : await signedIn(boris.body.userId)
      const text = await (await call('site', told, { ...proof, 'x-user-id': String(anna.id) })).text()
      if (/Canary|anna@example|new@example\.com|79160000001/.test(text)) wrong.push(`${method.name} tells of another customer: ${text}`)
    }
    assert.deepEqual(wrong, [])
    assert.deepEqual(await printsOf(anna.id), before)
    const ids = methods.all().flatMap(({ name, example }) => namesIn(example.input).filter((one) => /(^|[a-z])ids?$/i.test(one)).map((one) => `${name}: ${one}`))
    assert.deepEqual(ids, [], 'who is meant is said by the session, and by the key of a server')
  }).timeout(120_000)

  test('A-09 the code of one customer does nothing for the identifier of another', async ({ assert }) => {
    const anna = await Newcomer.registers(methods.get('user/register'))
    await say('user/register', { identifiers: [{ type: 'email', value: 'boris@example.com' }], consents: [{ kind: 'personal_data', document: '1', value: true }] })
    for (const name of ['user/loginWithoutPassword', 'user/restorePassword', 'ticket/confirm']) {
      await anna.letterFor(name)
      const before = await printsOf(anna.id)
      const { status, body } = await say(name, of('boris', methods.get(name).example.input))
      assert.deepInclude({ status, code: body.code }, { status: 422, code: 'wrongTicket' }, name)
      assert.deepEqual(await printsOf(anna.id), before)
    }
  })
})

/** Another person's call of the same method: their addresses in the place of those of the example. */
const of = (name: string, input: unknown): unknown => JSON.parse(JSON.stringify(input).replace(/\b(anna|new)@/g, `${name}@`).replaceAll('79160000001', '79160000002'))

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => [name, ...namesIn(one)])
}

type Foreign = [what: string, source: string, headers: Record<string, string>]

/** What proves something, but not here. */
async function foreignProofs(user: number): Promise<Record<Method['caller'], Foreign[]>> {
  const [there, ended, here] = [await signedIn(user, 'app'), await signedIn(user), await signedIn(user)]
  await execute(sql`update user_sessions set expires_at = now() where hash = ${hashOfSecret(ended.authorization.slice('Bearer '.length))}`)
  const named = { 'x-user': String(user) }
  const system = await systemWith()
  const servers: Foreign[] = [
    ['the key of another server', 'booth', { ...named, 'x-source-key': TILL_KEY }],
    ['the key of the booth at the till', 'till', { ...named, 'x-source-key': 'of the booth' }],
    ['the key of a staff system', 'till', { ...named, 'x-source-key': system.authorization.slice('Bearer '.length) }],
    ['no key, where there is no page', 'till', named],
    ['a source that is closed', 'closed', here],
  ]
  const customers: Foreign[] = [
    ['a session of another source', 'site', there],
    ['a session that has ended', 'site', ended],
    ['the key of a staff system', 'site', system],
    ['an invented token', 'site', { authorization: 'Bearer tsc_invented' }],
  ]
  return {
    anyone: [...servers, ...customers],
    customer: [...servers, ...customers, ['nothing', 'site', {}], ['the name of a customer alone', 'site', named]],
    callback: [...servers, ...customers, ['the key of its own source', 'site', { ...named, 'x-source-key': SITE_KEY }], ['nothing', 'site', {}]],
    server: [...servers, ['a session', 'site', here], ['the name of a customer alone', 'site', named], ['nothing', 'site', {}]],
  }
}

test.group('Records of others', (group) => {
  rolledBack(group)

  const records = () => operations().filter(({ operation }) => operation['x-object'])
  const send = ({ verb, path, example }: Called, id: string | number, headers: Record<string, string>) =>
    fetch(home + path.replace('{id}', String(id)), {
      method: verb,
      headers: { 'content-type': 'application/json', ...headers },
      ...(verb === 'GET' ? {} : { body: JSON.stringify(example) }),
    })

  test('A-09 a key opens the objects that it was given and nothing else, with the rights that it was given', async ({ assert }) => {
    const ids = await inhabited()
    const wrong: string[] = []
    const names = [...new Set(records().map(({ operation }) => operation['x-object']!))]
    const others = new Map<string, Record<string, string>>()
    for (const name of names) others.set(name, await systemWith(...allScopes().filter((scope) => !scope.startsWith(`${name}:`))))
    const readers = await systemWith(...allScopes().filter((scope) => scope.endsWith(':read')))
    for (const called of records()) {
      const name = called.operation['x-object']!
      const id = ids[name] ?? 1
      const expect = async (wanted: number, what: string, headers: Record<string, string>) => {
        const { status } = await send(called, id, headers)
        if (status !== wanted) wrong.push(`${called.operation.operationId} with ${what} answers ${status}`)
      }
      await expect(403, 'a key for all others', others.get(name)!)
      if (/_(batch|upsert|change)$/.test(called.operation.operationId)) await expect(403, 'a key that reads', readers)
      if (name === 'user') await expect(401, 'no key', {})
    }
    assert.isAbove(records().length, 100)
    assert.deepEqual(wrong, [])
  }).timeout(120_000)

  test('A-09 an id that is none, that nothing has, that another object has or that lies in the trash is unknown', async ({ assert }) => {
    const ids = await inhabited()
    const key = await systemWith()
    const deleted = ids.good
    await execute(sql`update goods set deleted_at = now() where id = ${deleted}`)
    const wrong: string[] = []
    for (const called of records().filter(({ path }) => path.includes('{id}'))) {
      const name = called.operation['x-object']!
      const foreign = Object.entries(ids).find(([other]) => other !== name)![1]
      const example = called.verb === 'PATCH' ? { values: {} } : undefined
      const absurd = name === 'user' ? ['0', '-1', '1.5', 'x', '9'.repeat(30), '__proto__', '%00', '%ff'] : []
      for (const id of [987_654_321, foreign, ...absurd, ...(name === 'good' ? [deleted] : [])]) {
        const { status } = await send({ ...called, example }, id, key)
        if (status !== 404) wrong.push(`${called.verb} ${called.path} of ${id} answers ${status}`)
      }
    }
    assert.deepEqual(wrong, [])
  }).timeout(120_000)
})
