import { test } from '@japa/runner'
import { identifier, row, rows, sql } from '#core/database'
import { faultsOf, methods, schemaOf, type Schema } from '#core/methods'
import { objects } from '#core/objects'
import { personal } from '#core/personal'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources } from '#tests/support/sources'
import { inhabited } from '../hostile/support/inhabited.js'
import { reaching } from '../hostile/support/reaching.js'
import { systemWith } from './support/callers.js'
import { printOf, printsOf } from './support/kept.js'
import { bodyOf, demoShop, Newcomer, say } from './support/newcomer.js'
import { operations } from './support/operations.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

/** Names of free maps, whose own names the caller chooses: what they may hold is said by other rules. */
const FREE = ['attributes', 'payload']

/** What other systems send as they are (callbacks) holds more than anybody reads. */
const strict = () => methods.all().filter(({ caller }) => caller !== 'callback')

const columnsOf = async (...tables: string[]) => {
  const found = await rows<{ name: string }>(
    sql`select distinct column_name as name from information_schema.columns where table_schema = 'public' and table_name = any(${tables}::text[])`
  )
  return found.map(({ name }) => name)
}

/** As columns are called in a database, and as a call would have them. */
const spelt = (names: string[]) => [...new Set(names.flatMap((name) => [name, name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())]))]

/** Adds names to an object where `__proto__` is a name like any other. */
function withNames(body: object, names: string[]): Record<string, unknown> {
  const more = names.map((name) => `${JSON.stringify(name)}:"planted"`).join()
  const text = JSON.stringify(body)
  return JSON.parse(text === '{}' ? `{${more}}` : `${text.slice(0, -1)},${more}}`)
}

test.group('Names that no method has declared', (group) => {
  rolledBack(group)
  callingSources(group)
  group.each.setup(demoShop)

  test('A-10 each column of each table of customers, at each place of each method, is refused by its name', async ({ assert }) => {
    const columns = spelt([...(await columnsOf(...personal.tables().map(({ table }) => table))), ...reaching])
    const taken: string[] = []
    let tried = 0
    for (const { name, input, example } of strict()) {
      const schema = schemaOf(input)
      for (const { path, properties, put } of placesIn(schema, example.input)) {
        const foreign = columns.filter((column) => !properties.includes(column))
        const faults = faultsOf(schema, put(foreign)).map((fault) => `${fault.path} ${fault.code}`)
        const told = foreign.filter((column) => !faults.includes(`${[path, column].filter(Boolean).join('.')} unknownField`))
        taken.push(...told.map((column) => `${name}: ${path} ${column}`))
        tried += foreign.length
      }
    }
    assert.isAbove(tried, 5000)
    assert.deepEqual(taken, [])
  })

  test('A-10 a call with them is refused as a whole, and no row of anybody changes', async ({ assert }) => {
    const columns = spelt([...(await columnsOf('users', 'user_identifiers', 'user_sessions', 'consent_log')), ...reaching])
    const anna = await Newcomer.registers(methods.get('user/register'))
    const wrong: string[] = []
    for (const method of strict()) {
      await anna.letterFor(method.name)
      const proof = await anna.proof(method)
      const [before, users] = [await printsOf(anna.id), await printOf('users')]
      const declared = Object.keys(schemaOf(method.input).properties ?? {})
      const input = withNames(method.example.input as object, columns.filter((name) => !declared.includes(name)))
      const { status, body } = await say(method.name, bodyOf({ ...method, example: { ...method.example, input } }), proof)
      if (status !== 422 && !(status === 400 && method.files.length)) wrong.push(`${method.name} answers ${status}`)
      else if (status === 422 && !Object.values(body.errors).some((sentence) => /no such field/.test(String(sentence)))) wrong.push(`${method.name}: ${JSON.stringify(body.errors)}`)
      const after = await printsOf(anna.id)
      const changed = Object.keys(before).filter((table) => before[table] !== after[table] && table !== 'user_sessions')
      if (changed.length || (await printOf('users')) !== users) wrong.push(`${method.name} changes ${changed}`)
    }
    assert.deepEqual(wrong, [])
  }).timeout(60_000)

  test('A-10 a map of free names holds them and nothing else: neither an event nor a customer becomes another', async ({ assert }) => {
    const anna = await Newcomer.registers(methods.get('user/register'))
    const columns = [...(await columnsOf('user_events')), ...reaching].filter((name) => !['userId', 'at', 'context', 'type', '__proto__'].includes(name))
    const proof = await anna.proof(methods.get('event/add'))
    const added = await say('event/add', { type: 'quiz_passed', payload: withNames({}, columns) }, proof)
    assert.equal(added.status, 200, JSON.stringify(added.body))
    const kept = await row<{ user_id: number; signal: string; source: string; method: string; payload: Record<string, string> }>(
      sql`select user_id, signal, source, method, payload from user_events where method = 'event/add'`
    )
    assert.deepInclude(kept, { user_id: anna.id, signal: 'event.add', source: 'site', method: 'event/add' })
    assert.equal(kept!.payload.type, 'quiz_passed')
    for (const name of ['userId', 'at', 'context', 'type']) {
      assert.equal((await say('event/add', { type: 'quiz_passed', payload: { [name]: '1' } }, proof)).status, 422, name)
    }
    const before = await printsOf(anna.id)
    const [users, { status, body }] = [spelt(await columnsOf('users')), await say('user/edit', { attributes: withNames({}, spelt(await columnsOf('users'))) }, proof)]
    assert.equal(status, 422)
    assert.includeMembers(Object.keys(body.errors), users.slice(0, 20).map((name) => `attributes.${name}`))
    assert.deepEqual({ ...(await printsOf(anna.id)), user_sessions: '' }, { ...before, user_sessions: '' })
  })
})

interface Place {
  /** `consents.0`; of the body itself nothing. */
  path: string
  properties: string[]
  /** The example with these names beside those that are declared there. */
  put(names: string[]): unknown
}

/** Every object in an example that declares what it may hold. */
function placesIn(schema: Schema, example: unknown, path = '', whole: (inner: unknown) => unknown = (inner) => inner): Place[] {
  const below = (name: string | number) => (path === '' ? String(name) : `${path}.${name}`)
  if (Array.isArray(example)) {
    return example.flatMap((one, at) => placesIn(schema.items ?? {}, one, below(at), (inner) => whole(example.with(at, inner))))
  }
  if (typeof example !== 'object' || example === null) return []
  const properties = schema.properties ?? {}
  const own: Place = { path, properties: Object.keys(properties), put: (names) => whole(withNames(example, names)) }
  const inner = Object.entries(example)
    .filter(([name]) => !FREE.includes(name))
    .flatMap(([name, one]) => placesIn(properties[name] ?? {}, one, below(name), (put) => whole({ ...example, [name]: put })))
  return [own, ...inner]
}

test.group('Names that no record has declared', (group) => {
  rolledBack(group)

  test('A-10 each column that is not offered, at each way to write each object, is refused by its name and changes nothing', async ({ assert }) => {
    const ids = await inhabited()
    const key = { ...(await systemWith()), 'content-type': 'application/json' }
    const writes = operations().filter(({ operation }) => /_(batch|upsert|change)$/.test(operation.operationId))
    const wrong: string[] = []
    for (const { verb, path, operation, example } of writes) {
      const name = operation['x-object']!
      const { table } = objects.get(name)
      const offered = Object.keys((example!.values ?? (example!.rows as object[])[0]) as object)
      const foreign = spelt([...(await columnsOf(table)), ...reaching]).filter((column) => !offered.includes(column))
      const id = ids[name] ?? (await row<{ id: number }>(sql`select min(id) as id from ${identifier(table)}`))!.id ?? 1
      const before = await printOf(table)
      const values = withNames({}, foreign)
      const body = operation.operationId.endsWith('_batch') ? { rows: [values] } : { values }
      const answer = await fetch(home + path.replace('{id}', String(id)), { method: verb, headers: key, body: JSON.stringify(body) })
      const text = await answer.text()
      /** `__proto__` is not even read. */
      const refused = Object.keys((JSON.parse(text) as { errors?: Record<string, string> }).errors ?? {})
      if (answer.status !== 422) wrong.push(`${operation.operationId} answers ${answer.status}: ${text.slice(0, 200)}`)
      else if (refused.length < Math.min(foreign.length - 1, 50)) wrong.push(`${operation.operationId} refuses ${refused}`)
      if ((await printOf(table)) !== before) wrong.push(`${operation.operationId} changes ${table}`)
    }
    assert.isAbove(writes.length, 30)
    assert.deepEqual(wrong, [])
  }).timeout(60_000)
})
