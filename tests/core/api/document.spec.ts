import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import app from '@adonisjs/core/services/app'
import { policyOf } from '#core/access'
import { problemStatuses } from '#core/http'
import { methods, schemaOf, type Schema } from '#core/methods'
import { type Document } from '../../../app/core/api/openapi/document.js'

const COMMITTED = app.makePath('tests/core/api/openapi.json')
const home = `http://${process.env.HOST}:${process.env.PORT}`

async function served(language = 'en') {
  const answer = await fetch(`${home}/api/openapi.json`, { headers: { 'accept-language': language } })
  return { answer, text: await answer.text() }
}

/** Where it was served from is no part of what it says. */
const SERVERS = [{ url: 'https://tessera.example' }]

const written = (document: object) => `${JSON.stringify(document, null, 1)}\n`

/** What callers rely on: methods, and of records one object, since the others differ in nothing but their fields, which their declarations say. */
function reviewed(text: string) {
  const { paths, components, ...rest } = JSON.parse(text) as Document
  const among = <One>(all: Record<string, One>, isKept: (name: string, one: One) => boolean) =>
    Object.fromEntries(Object.entries(all).filter(([name, one]) => isKept(name, one)))
  const keptPaths = among(paths, (_path, operations) => Object.values(operations).every((one) => ['outlet', undefined].includes(one['x-object'])))
  const schemas = among(components.schemas, (name) => name === 'outlet' || /^[A-Z]/.test(name))
  return written({ ...rest, servers: SERVERS, paths: keptPaths, components: { ...components, schemas } })
}

test.group('The document of the interface', () => {
  test('A-15 says what was reviewed: a change shows as a difference', async ({ assert }) => {
    const text = reviewed((await served()).text)
    if (process.env.WRITE_OPENAPI) {
      await writeFile(COMMITTED, text)
      assert.fail('The document is written; read the difference and run again without WRITE_OPENAPI')
    }
    const committed = await readFile(COMMITTED, 'utf8')
    assert.isTrue(text === committed, 'run with WRITE_OPENAPI=1, and read the difference for what would break callers')
  })

  test('A-15 passes a strict linter in both languages', async ({ assert }) => {
    for (const language of ['en', 'ru']) assert.equal(await lint(reviewed((await served(language)).text)), '')
  }).timeout(60_000)

  test('A-15 no route of the interface is left out', async ({ assert }) => {
    const { paths } = JSON.parse((await served()).text) as Document
    const documented = new Set(Object.entries(paths).flatMap(([path, one]) => Object.keys(one).map((method) => `${method.toUpperCase()} ${path}`)))
    const routes = Object.values(router.toJSON()).flat().filter((route) => ['api', 'method'].includes(policyOf(route)?.kind ?? ''))
    const missing = routes.flatMap(({ methods: verbs, pattern }) =>
      verbs.filter((verb) => !['OPTIONS', 'HEAD'].includes(verb)).map((verb) => `${verb} ${pattern}`).filter((named) => !isDocumented(named, documented))
    )
    assert.deepEqual(missing, [])
    assert.isNotEmpty(routes)
  })

  test('is read from a cache while it stays the same', async ({ assert }) => {
    const { answer } = await served()
    const again = await fetch(`${home}/api/openapi.json`, { headers: { 'if-none-match': answer.headers.get('etag')!, 'accept-language': 'en' } })
    assert.equal(again.status, 304)
    assert.equal((await served('ru')).answer.headers.get('etag') === answer.headers.get('etag'), false)
  })

  test('every field that is sent or answered says what it is, in {$self}')
    .with(['ru', 'en'])
    .run(async ({ assert }, language) => {
      const { paths, components } = JSON.parse((await served(language)).text) as Document
      const said = Object.entries(paths).flatMap(([path, verbs]) =>
        Object.values(verbs).flatMap(({ requestBody, responses }) =>
          [...Object.values(requestBody?.content ?? {}), ...Object.values(responses[200].content ?? {})].map(({ schema }) => ({ path, schema }))
        )
      )
      const named = Object.entries(components.schemas).map(([path, schema]) => ({ path, schema }))
      const silent = [...said, ...named].flatMap(({ path, schema }) => silentIn(schema).map((at) => `${path}: ${at}`))
      assert.deepEqual([...new Set(silent)], [], 'say it in the language files: inputs.<method>.<path> or inputs.fields.<name>')
      assert.isAbove(said.length, 100)
    })

  test('every field of a row says what it is, those that only imports know too', async ({ assert }) => {
    const { paths } = JSON.parse((await served('en')).text) as Document
    const bodies = Object.entries(paths).flatMap(([path, { post }]) => (path.endsWith('/objects/user') && post?.requestBody ? Object.values(post.requestBody.content) : []))
    const values = bodies.map(({ schema }) => schema.properties!.values!)
    assert.property(values[0].properties, 'emailConfirmed')
    assert.deepEqual(values.flatMap((schema) => silentIn(schema)), [])
  })

  test('every field of every method has a type, which vine does not say of a date', ({ assert }) => {
    const untyped = methods.all().flatMap(({ name, input, output }) =>
      [input, output].flatMap((one) => untypedIn(schemaOf(one)).map((path) => `${name}: ${path}`))
    )
    assert.deepEqual(untyped, [], "say it: vine.date().meta({ type: 'string', format: 'date' })")
  })
})

test.group('The page of the interface', () => {
  test('describes each method and each refusal in both languages, and leads to them by address', async ({ client, assert }) => {
    for (const language of ['ru', 'en']) {
      const html = (await client.get(`/api/docs?language=${language}`)).text()
      for (const { name } of methods.all()) assert.include(html, `id="${name.replaceAll(/[/.]/g, '_')}"`)
      for (const code of ['unknownSource', 'tooMany', 'invalid', 'ours']) assert.include(html, `id="problem-${code}"`)
      const refusals = methods.all().flatMap((method) => Object.entries(method.refusals))
      for (const [code, status] of refusals) assert.match(html, new RegExp(`id="problem-${code}"[^]{0,120}${status}`))
      assert.notInclude(html, 'id="problem-nobodyToSendTo"', 'no call is refused so')
      assert.notInclude(html, 'translation missing')
      assert.notMatch(html, />@(if|each|end)\b/)
    }
    assert.isAbove(problemStatuses.size, 20)
  })
})

/** A route with `:object` stands for the paths of each object. */
function isDocumented(named: string, documented: Set<string>) {
  const form = new RegExp(`^${named.replaceAll('/', '\\/').replace(/:source/g, '\\{source\\}').replace(/:id/g, '\\{id\\}').replace(/:object/g, '[a-z_]+')}$`)
  return [...documented].some((one) => form.test(one))
}

/** Places of fields without a word; of what the document names elsewhere, that one speaks. */
function silentIn({ properties = {}, items }: Schema, path = ''): string[] {
  const below = Object.entries(properties).flatMap(([name, one]) => {
    const at = path ? `${path}.${name}` : name
    return [...(one.description || one.$ref ? [] : [at]), ...silentIn(one, at)]
  })
  return [...below, ...(items ? silentIn(items, `${path}[]`) : [])]
}

function untypedIn({ properties = {}, items }: Schema, path = ''): string[] {
  const below = Object.entries(properties).flatMap(([name, one]) => {
    const at = path ? `${path}.${name}` : name
    const isTyped = ('type' in one && one.type !== 'null') || one.enum || one.anyOf
    return [...(isTyped ? [] : [at]), ...untypedIn(one, at)]
  })
  return [...below, ...(items ? untypedIn(items, `${path}[]`) : [])]
}

/** Answers what the linter complains of. */
async function lint(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'))
  try {
    const file = join(folder, 'openapi.json')
    await writeFile(file, text)
    const linter = app.makePath('node_modules/@redocly/cli/bin/cli.js')
    const told: string[] = []
    const child = spawn(process.execPath, [linter, 'lint', file, '--config', app.makePath('tests/core/api/redocly.yaml'), '--format', 'stylish'], {
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NODE_OPTIONS: '' },
    })
    child.stdout.on('data', (part) => told.push(String(part)))
    child.stderr.on('data', (part) => told.push(String(part)))
    const [code] = await new Promise<[number]>((resolve) => child.on('close', (ended) => resolve([ended ?? 1])))
    return code === 0 ? '' : told.join('')
  } finally {
    await rm(folder, { recursive: true })
  }
}
