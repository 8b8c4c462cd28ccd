import { test } from '@japa/runner'
import { identifier, row, rows, sql } from '#core/database'
import { methods } from '#core/methods'
import { personal } from '#core/personal'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources } from '#tests/support/sources'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { demoShop, Newcomer, say, triedMethods } from './support/newcomer.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

/** What makes lines or headers of its own, ends a text early, or turns what follows it. */
const SIGNS = ['\r\nX-Injected: 1', '\nBcc: x@example.com', '\0', '\u202egnp.exe', '\u2067', '\u200f', '\u001b[31m']

/** Passwords are hashed as they are; what a front end tells of an event is JSON, whose text may have lines. */
const OPEN = ['password', 'current', 'payload']

test.group('Signs that nobody sees', (group) => {
  rolledBack(group)
  callingSources(group)
  group.each.setup(demoShop)

  test('A-14 in no text of any method do they reach a row of a customer or a header of an answer', async ({ assert }) => {
    const anna = await Newcomer.registers(methods.get('user/register'))
    const wrong: string[] = []
    let tried = 0
    for (const method of triedMethods().filter(({ files }) => !files.length)) {
      for (const { path, put } of texts(method.example.input)) {
        if (OPEN.some((name) => path.includes(name))) continue
        for (const sign of SIGNS) {
          await anna.letterFor(method.name)
          const { status, headers } = await say(method.name, put(sign), await anna.proof(method))
          tried += 1
          if (status >= 500 || headers.has('x-injected')) wrong.push(`${method.name} ${path} ${JSON.stringify(sign)} answers ${status}`)
        }
      }
    }
    assert.deepEqual(wrong, [])
    assert.isAbove(tried, 150)
    for (const { table } of personal.tables()) {
      const found = await rows<{ text: string }>(sql`select t::text as text from ${identifier(table)} t where t::text ~ '[\\u202e\\u2067\\u200f\\u001b]|X-Injected|Bcc:'`)
      assert.deepEqual(found.map(({ text }) => `${table}: ${text}`), [])
    }
  }).timeout(60_000)

  test('A-14 the name of a document is one line that says its ending, wherever it is told: {what}')
    .with([
      { what: 'a mark that turns it', name: 'a\u202efdp.exe' },
      { what: 'a line break', name: 'a\r\nX-Injected: 1.pdf' },
      { what: 'folders of Windows', name: '..\\..\\x.pdf' },
      { what: 'folders', name: '../../etc/passwd' },
      { what: 'quotes', name: 'a";x="b.pdf' },
      { what: 'a sign that cannot be seen', name: '\u0007.pdf' },
      { what: 'a long one', name: `${'x'.repeat(400)}.pdf` },
      { what: 'letters of another alphabet', name: 'чек №1.pdf' },
    ])
    .run(async ({ assert }, { name }) => {
      const anna = await Newcomer.registers(methods.get('user/register'))
      const head = `--edge\r\nContent-Disposition: form-data; name="file"; filename="${name.replace(/[\r\n"]/g, (sign) => encodeURIComponent(sign))}"\r\n\r\n`
      const headers = { ...(await anna.proof({ caller: 'customer' })), 'content-type': 'multipart/form-data; boundary=edge' }
      const answer = await fetch(`${home}/api/v1/site/document/upload`, { method: 'POST', headers, body: `${head}%PDF-1.4\n%%EOF\n\r\n--edge--\r\n` })
      assert.equal(answer.status, 200, await answer.clone().text())
      const kept = await row<{ id: number; name: string }>(sql`select id, name from user_documents where user_id = ${anna.id}`)
      // eslint-disable-next-line no-control-regex
      assert.notMatch(kept!.name, /[\u0000-\u001f\u202e/\\]/)
      assert.isBelow(kept!.name.length, 200)

      const visitor = new Visitor()
      await visitor.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
      const file = await visitor.get(`/documents/${kept!.id}/file`)
      assert.equal(file.status, 200)
      assert.match(file.headers.get('content-disposition')!, /^attachment;/)
      assert.isNull(file.headers.get('x-injected'))
      assert.equal(file.headers.get('x-content-type-options'), 'nosniff')
    })
})

/** Every text in a call, and the call with a sign in it. */
function texts(said: unknown, path = ''): { path: string; put: (sign: string) => unknown }[] {
  if (typeof said === 'string') return [{ path, put: (sign) => said.slice(0, 2) + sign + said.slice(2) }]
  if (typeof said !== 'object' || said === null) return []
  return Object.entries(said).flatMap(([name, value]) =>
    texts(value, path ? `${path}.${name}` : name).map((one) => ({
      path: one.path,
      put: (sign: string) => (Array.isArray(said) ? said.with(Number(name), one.put(sign)) : { ...said, [name]: one.put(sign) }),
    }))
  )
}
