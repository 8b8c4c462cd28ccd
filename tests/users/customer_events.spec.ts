import { test } from '@japa/runner'
import { execute, row, rows, sql } from '#core/database'
import { aUser, idOf } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { askAsServer } from '#tests/support/shop'
import { callingSources, TILL_KEY } from '#tests/support/sources'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const home = `http://${process.env.HOST}:${process.env.PORT}/api/v1/till`

test.group('What front ends tell of customers', (group) => {
  rolledBack(group)
  callingSources(group)
  group.each.setup(async () => {
    await execute(
      sql`insert into event_types (code, name_ru, name_en, position, limit_count, limit_days) values ('quiz_tried', 'Квиз', 'Quiz', 900, 2, 1), ('visited', 'Был', 'Visited', 901, null, null)`
    )
  })

  const add = (user: number, body: object) => askAsServer('event/add', body, user)
  const events = (user: number) => rows<{ signal: string; payload: any; at: Date }>(sql`select signal, payload, occurred_at as at from user_events where user_id = ${user} and signal like 'event.%' order by id`)

  test('an event has the type of the book, its own time and data', async ({ assert }) => {
    const user = await aUser()
    const added = await add(user, { type: 'visited', at: '2026-06-01T12:00:00Z', payload: { page: '/sale' } })
    assert.deepEqual(added.body, { added: true, left: null })
    const [event] = await events(user)
    assert.deepEqual(event, { signal: 'event.add', payload: { page: '/sale', type: 'visited' }, at: new Date('2026-06-01T12:00:00Z') })
  })

  test('above the limit nothing is added, and the signal says so', async ({ assert }) => {
    const user = await aUser()
    const answers = []
    for (let n = 0; n < 3; n++) answers.push((await add(user, { type: 'quiz_tried' })).body)
    assert.deepEqual(answers, [{ added: true, left: 1 }, { added: true, left: 0 }, { added: false, left: 0 }])
    assert.deepEqual((await events(user)).map(({ signal }) => signal), ['event.add', 'event.add', 'event.limitReached'])
    const { body } = await askAsServer('event/limits', {}, user)
    assert.deepInclude(body.limits, { type: 'quiz_tried', limit: 2, days: 1, used: 2, left: 0 })
  })

  test('{what} is refused')
    .with([
      { what: 'a type that is not in the book', body: { type: 'unheard' }, code: 'unknownEventType' },
      { what: 'an event of the product itself', body: { type: 'user.register' }, code: 'unknownEventType' },
      { what: 'a moment of the future', body: { type: 'visited', at: '2099-01-01T00:00:00Z' }, code: 'invalid' },
      { what: 'a moment without a zone', body: { type: 'visited', at: '2026-06-01 12:00' }, code: 'invalid' },
      { what: 'a NUL', body: { type: 'visited', payload: { a: 'b\u0000' } }, code: 'invalid' },
      { what: 'half of a letter', body: { type: 'visited', payload: { a: ['\ud800'] } }, code: 'invalid' },
      { what: 'what is too deep', body: { type: 'visited', payload: { a: { b: { c: { d: { e: { f: 1 } } } } } } }, code: 'invalid' },
      { what: 'what is too long', body: { type: 'visited', payload: { a: 'x'.repeat(9000) } }, code: 'invalid' },
    ])
    .run(async ({ assert }, { body, code }) => {
      const user = await aUser()
      const refused = await add(user, body)
      assert.equal(refused.status, 422)
      assert.equal(refused.body.code, code)
      assert.lengthOf(await events(user), 0)
    })

  test('what the data say is of no other customer, time or type', async ({ assert }) => {
    const [user, other] = [await aUser(), await aUser()]
    for (const payload of [{ userId: other }, { at: '2020-01-01T00:00:00Z' }, { context: { source: 'site' } }, { type: 'user.register' }]) {
      const refused = await add(user, { type: 'visited', payload: { page: '/sale', ...payload } })
      assert.deepEqual([refused.status, Object.keys(refused.body.errors)], [422, ['payload']])
      assert.include(refused.body.errors.payload, Object.keys(payload)[0])
    }
    assert.deepEqual([await events(user), await events(other)], [[], []])
  })

  test('labels are put on and taken off by servers only', async ({ assert }) => {
    const user = await aUser()
    assert.deepEqual((await askAsServer('label/set', { labels: ['vip', 'b2b'] }, user)).body, { changed: 2 })
    assert.deepEqual((await askAsServer('label/remove', { labels: ['vip'] }, user)).body, { changed: 1 })
    assert.equal((await askAsServer('label/set', { labels: ['vip'] })).status, 401)
  })
})

test.group('Events of a customer', (group) => {
  rolledBack(group)
  callingSources(group)

  test('F23 F40 the card says through which source and method an event came, and an unsubscription by which way', async ({ assert }) => {
    const user = await aUser()
    await askAsServer('user/unsubscribe', { channel: 'sms' }, user)
    const event = await row<{ payload: object }>(sql`select payload from user_events where user_id = ${user} and signal = 'user.unsubscribed'`)
    const till = await idOf('source', 'till')
    assert.deepInclude(event!.payload, { subject: 'sms/*', source: 'api', sourceId: till })

    const visitor = new Visitor()
    await visitor.signIn((await aMemberOfStaff({ role: 'viewer' })).email)
    const { words } = await visitor.get(`/users/${user}/details/events`)
    assert.include(words, 'user/unsubscribe')
    assert.lengthOf(words.match(new RegExp(`href="/sources/${till}"`, 'g')) ?? [], 2)
  })
})

test.group('Documents of customers', (group) => {
  rolledBack(group)
  callingSources(group)

  async function upload(user: number, bytes: Buffer, name: string) {
    const body = new FormData()
    body.append('input', JSON.stringify({ type: 'receipt', set: 'one' }))
    body.append('file', new Blob([new Uint8Array(bytes)]), name)
    const response = await fetch(`${home}/document/upload`, { method: 'POST', headers: { 'x-source-key': TILL_KEY, 'x-user': String(user) }, body })
    return { status: response.status, body: (await response.json()) as any }
  }

  test('a document is kept by what it is, whatever it is called', async ({ assert }) => {
    const user = await aUser()
    const pdf = Buffer.from('%PDF-1.7\n% a form')
    const { status, body } = await upload(user, pdf, '../../etc/form\u202Efdp.html')
    assert.equal(status, 200)
    const kept = await row(
      sql`select d.type, d.set, d.status, d.name, f.content_type as kind, f.size from user_documents d join files f on f.id = d.file_id where d.id = ${body.documentId}`
    )
    assert.deepEqual(kept, { type: 'receipt', set: 'one', status: 'new', name: 'formfdp.html', kind: 'application/pdf', size: pdf.length })
  })

  test('F-03 a page that is called a picture is none', async ({ assert }) => {
    const user = await aUser()
    const refused = await upload(user, Buffer.from('<!doctype html><script>alert(1)</script>'), 'photo.png')
    assert.equal(refused.status, 415)
    assert.equal(refused.body.code, 'documentUnread')
    assert.lengthOf(await rows(sql`select from user_documents where user_id = ${user}`), 0)
  })

  test('a call without a file is told so at its place', async ({ assert }) => {
    const refused = await askAsServer('document/upload', { type: 'receipt' }, await aUser())
    assert.equal(refused.status, 422)
    assert.property(refused.body.errors, 'file')
  })
})
