import { execFileSync } from 'node:child_process'
import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import { faultsOf, methods, schemaOf } from '#core/methods'
import { aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources, TILL_KEY } from '#tests/support/sources'
import { curlOf } from '../../../app/core/api/docs/curl.js'
import { methodPath } from '../../../app/core/api/openapi/method_path.js'

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

  test('a call with a file is answered as it is pasted', async ({ assert }) => {
    const { parts } = pasted('document/upload')
    const part = (head: string, content: string) => `--edge\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
    const body = [
      part('name="input"\r\nContent-Type: application/json', inputIn(parts)),
      part('name="file"; filename="receipt.pdf"\r\nContent-Type: application/pdf', '%PDF-1.4\n%%EOF\n'),
      '--edge--\r\n',
    ].join('')
    const headers = { 'x-source-key': TILL_KEY, 'x-user': String(await aUser()), 'content-type': 'multipart/form-data; boundary=edge' }
    const answer = await fetch(`${home}/api/v1/till/document/upload`, { method: 'POST', headers, body })
    assert.equal(answer.status, 200, await answer.text())
  })
})

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
