import { execFileSync } from 'node:child_process'
import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import { faultsOf, methods, schemaOf } from '#core/methods'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources } from '#tests/support/sources'
import { curlOf } from '../../../app/core/api/docs/curl.js'
import { methodPath } from '../../../app/core/api/openapi/method_path.js'
import { demoShop, Newcomer, triedMethods } from './support/newcomer.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

test.group('What the page of the interface gives to paste into a terminal', (group) => {
  rolledBack(group)
  callingSources(group)

  test('A-15 every call is one that the dispatcher reads', ({ assert }) => {
    for (const method of methods.all()) {
      const { verb, url, headers, data, parts } = pasted(method.name)
      assert.deepEqual([verb, url], ['POST', `${home}/api/v1/site/${method.name}${method.caller === 'callback' ? '?secret=secret' : ''}`])
      assert.deepEqual(Object.keys(headers).sort(), NEEDED[method.caller].concat(method.files.length ? [] : ['content-type']).sort(), method.name)
      assert.equal(headers['content-type'], method.files.length ? undefined : 'application/json')
      assert.lengthOf(data, method.files.length ? 0 : 1, method.name)
      const said = method.files.length ? inputIn(parts) : data[0]
      assert.deepEqual(faultsOf(schemaOf(method.input), JSON.parse(said)), [], method.name)
      assert.deepEqual(Object.keys(parts), method.files.length ? ['input', ...method.files] : [], method.name)
      for (const name of method.files) assert.match(parts[name], /^@[\w.]+$/)
    }
  })

  test('A-15 pasted in the order of the page into the demo company, every call is answered as the page says', async ({ assert }) => {
    await demoShop()
    const anna = await Newcomer.registers(methods.get('user/register'))
    const wrong: string[] = []
    for (const method of triedMethods().filter(({ name }) => name !== 'user/register')) {
      await anna.letterFor(method.name)
      const { status, text } = await sent(pasted(method.name), await anna.proof(method))
      if (status !== 200) wrong.push(`${method.name} answers ${status}: ${text}`)
      else wrong.push(...unlike(method.example.output, JSON.parse(text), method.name))
    }
    assert.deepEqual(wrong, [])
  }).timeout(60_000)
})

/** What curl would send, with the secrets of the reader in the place of their names. */
async function sent({ verb, url, headers, data, parts }: ReturnType<typeof pasted>, proof: Record<string, string>) {
  const packed = Object.keys(parts).length ? { 'content-type': 'multipart/form-data; boundary=edge' } : {}
  const answer = await fetch(url, { method: verb, headers: { ...headers, ...packed, ...proof }, body: data[0] ?? inParts(parts) })
  return { status: answer.status, text: await answer.text() }
}

function inParts(parts: Record<string, string>) {
  const part = (head: string, content: string) => `--edge\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
  const written = Object.entries(parts).map(([name, value]) =>
    value.startsWith('@')
      ? part(`name="${name}"; filename="${value.slice(1)}"\r\nContent-Type: application/pdf`, '%PDF-1.4\n%%EOF\n')
      : part(`name="${name}"\r\nContent-Type: application/json`, inputIn(parts))
  )
  return [...written, '--edge--\r\n'].join('')
}

/** An example is a promise of the form: the same names, and values of the same type wherever it shows one. */
function unlike(shown: unknown, answered: unknown, at: string): string[] {
  if (shown === null || answered === null) return []
  const kind = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value)
  if (kind(shown) !== kind(answered)) return [`${at} is a ${kind(answered)} and not a ${kind(shown)}`]
  if (Array.isArray(shown)) return unlike(shown[0] ?? null, (answered as unknown[])[0] ?? null, `${at}[]`)
  if (typeof shown !== 'object') return []
  const names = new Set([...Object.keys(shown), ...Object.keys(answered as object)])
  return [...names].flatMap((name) => {
    const [one, other] = [shown, answered].map((value) => (value as Record<string, unknown>)[name])
    return one === undefined || other === undefined ? [`${at}.${name} is ${one === undefined ? 'not shown' : 'not answered'}`] : unlike(one, other, `${at}.${name}`)
  })
}

/** What proves who calls. */
const NEEDED = { anyone: [] as string[], customer: ['authorization'], server: ['x-source-key', 'x-user'], callback: [] as string[] }

/** The call of a method, as a shell splits it and curl understands it. */
function pasted(name: string) {
  const reader = i18nManager.locale('en') as unknown as Parameters<typeof methodPath>[1]
  const [path, { post }] = methodPath(methods.get(name), reader)
  const script = `curl() { printf '%s\\0' "$@"; }\n${curlOf(home, 'post', path, post)}`
  const split = execFileSync('sh', ['-c', script], { env: { TOKEN: 'token', SOURCE_KEY: 'key', CALLBACK_SECRET: 'secret' } }).toString().split('\0').slice(0, -1)
  const [, verb, url, ...rest] = split
  const given = (option: string) => rest.flatMap((word, at) => (at % 2 === 0 && word === option ? [rest[at + 1]] : []))
  const pairs = (texts: string[], border: string) =>
    texts.map((text) => [text.slice(0, text.indexOf(border)), text.slice(text.indexOf(border) + border.length)] as const)
  const headers = Object.fromEntries(pairs(given('-H'), ': ').map(([header, value]) => [header.toLowerCase(), value]))
  return { verb, url, headers, data: given('-d'), parts: Object.fromEntries(pairs(given('-F'), '=')) }
}

/** The JSON beside the files, of which curl says the type. */
const inputIn = ({ input }: Record<string, string>) => input.slice(0, input.indexOf(';type=application/json'))
