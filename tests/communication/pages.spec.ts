import { test } from '@japa/runner'
import { execute, row, sql } from '#core/database'
import { a, anEmail, aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { BODY, aCommunication } from './support/sending.js'

test.group('Pages of a communication', (group) => {
  rolledBack(group)

  test('the mail is written beside its checks and its preview', async ({ client }) => {
    const marketer = await aMemberOfStaff()
    const id = await aCommunication({ body: '<p>{Foo}</p>' })
    const page = await client.get(`/communications/${id}/content`).loginAs(marketer)
    page.assertStatus(200)
    page.assertTextIncludes('Unknown macro: Foo')
    page.assertTextIncludes('sandbox')
    page.assertTextIncludes('There is no link to unsubscribe')
  })

  test('saving keeps the code as it was typed, and a line break in the subject is told at its field', async ({ assert, client }) => {
    const marketer = await aMemberOfStaff()
    const id = await aCommunication()
    const save = (form: Record<string, string>) =>
      client.post(`/communications/${id}/content`).form(form).loginAs(marketer).withCsrfToken().redirects(0)
    const saved = await save({ subject: 'New', markup: 'html', body: '<p>\n  x\n</p>' })
    assert.isBelow(saved.status(), 400)
    const kept = await row<{ subject: string; body: string }>(sql`select subject, body from communications where id = ${id}`)
    assert.include(kept!.body, '<p>\n  x\n</p>')
    assert.equal(kept!.subject, 'New')

    const refused = await save({ subject: 'New\r\nBcc: evil@example.com', markup: 'html', body: 'x' })
    refused.assertStatus(422)
    refused.assertTextIncludes('subject-error')
  })

  test('a preview shows a customer, runs nothing and belongs to no origin', async ({ assert, client }) => {
    const marketer = await aMemberOfStaff()
    const user = await aUser({ givenName: '<script>alert(1)</script>Ян' })
    const id = await aCommunication()
    const shown = await client
      .post(`/communications/${id}/preview`)
      .form({ customer: String(user), subject: 'x', markup: 'html', body: `${BODY}<script>alert(2)</script>` })
      .loginAs(marketer)
      .withCsrfToken()
    shown.assertStatus(200)
    assert.include(shown.text(), '&lt;script&gt;alert(1)&lt;/script&gt;Ян')
    const policy = String(shown.header('content-security-policy'))
    assert.include(policy, "default-src 'none'")
    assert.include(policy, 'sandbox')
    assert.notInclude(policy, 'allow-scripts')
    assert.notInclude(policy, 'allow-same-origin')
    assert.include(policy, "frame-ancestors 'self'")
    assert.equal(shown.header('x-frame-options'), 'SAMEORIGIN')
  })

  test('the summary counts who gets it and says why others do not', async ({ client }) => {
    const marketer = await aMemberOfStaff()
    const [agreed, not] = [await aUser(), await aUser({ communicationAgree: false })]
    const chosen = [await anEmail(agreed), await anEmail(not)]
    const id = await aCommunication()
    const summary = await client
      .post(`/communications/${id}/audience`)
      .form({ to: 'identifiers', identifiers: chosen.map(String) })
      .loginAs(marketer)
      .withCsrfToken()
    summary.assertStatus(200)
    summary.assertTextIncludes('1 customer will get it')
    summary.assertTextIncludes('no consent to mailings')
  })

  test('Send leads to the send, and a mail that is not ready is refused in words', async ({ assert, client }) => {
    const marketer = await aMemberOfStaff()
    const identifier = await anEmail(await aUser())
    const press = (id: number) =>
      client
        .post(`/communications/${id}/sends`)
        .form({ to: 'identifiers', identifiers: [String(identifier)] })
        .loginAs(marketer)
        .withCsrfToken()
        .redirects(0)
    const sent = await press(await aCommunication())
    assert.match(String(sent.header('location')), /^\/sends\/\d+$/)
    const card = await client.get(String(sent.header('location'))).loginAs(marketer)
    card.assertStatus(200)
    const progress = await client.get(`${sent.header('location')}/progress`).loginAs(marketer)
    progress.assertStatus(200)
    progress.assertTextIncludes('Being prepared')

    const refused = await press(await aCommunication({ subject: '{Foo}' }))
    refused.assertStatus(422)
    refused.assertTextIncludes('Unknown macro: Foo')
  })

  test('a segment in the trash is neither offered nor mailed to', async ({ assert, client }) => {
    const marketer = await aMemberOfStaff()
    const user = await aUser()
    await anEmail(user)
    const [id, segment] = [await aCommunication(), await a('segment', { name: 'Забытые', object: 'user', active: true })]
    await execute(sql`insert into segment_current (segment_id, member_id, from_version) values (${segment}, ${user}, 1)`)
    const page = () => client.get(`/communications/${id}/sends/new`).loginAs(marketer)
    const post = (path: string, form: Record<string, string> = {}) =>
      client.post(`/communications/${id}/${path}`).form({ to: 'segment', segment: String(segment), ...form }).loginAs(marketer).withCsrfToken()
    const offered = await page()
    offered.assertTextIncludes('Забытые')
    const counted = await post('audience')
    counted.assertTextIncludes('1 customer will get it')

    await execute(sql`update segments set deleted_at = now() where id = ${segment}`)
    assert.notInclude((await page()).text(), 'Забытые')
    assert.notInclude((await post('audience')).text(), '1 customer will get it')
    const refused = await post('sends', { recount: '1' })
    refused.assertStatus(422)
    refused.assertTextIncludes('segment-error')
  })

  test('a choice without anybody is told at its field', async ({ client }) => {
    const marketer = await aMemberOfStaff()
    const refused = await client
      .post(`/communications/${await aCommunication()}/sends`)
      .form({ to: 'segment', perMinute: 'many' })
      .loginAs(marketer)
      .withCsrfToken()
      .redirects(0)
    refused.assertStatus(422)
    refused.assertTextIncludes('segment-error')
    refused.assertTextIncludes('perMinute-error')
  })

  test('a copy is a mail of its own', async ({ assert, client }) => {
    const marketer = await aMemberOfStaff()
    const id = await aCommunication()
    const copied = await client.post(`/communications/${id}/copies`).loginAs(marketer).withCsrfToken().redirects(0)
    const other = Number(String(copied.header('location')).split('/').at(-1))
    const made = await row<{ name: string; body: string }>(sql`select name, body from communications where id = ${other}`)
    assert.deepEqual(made, { name: 'Letter (copy)', body: BODY } as never)
  })

  test('every page opens in both languages')
    .with(['/communications', '/sends', '/inbox', '/mail-providers', '/mail-reports'])
    .run(async ({ client }, path) => {
      for (const locale of ['ru', 'en'] as const) {
        const page = await client.get(path).loginAs(await aMemberOfStaff({ role: 'administrator', locale }))
        page.assertStatus(200)
      }
    })

  test('S-07 the secrets of a provider are kept sealed and shown to nobody', async ({ assert, client }) => {
    const administrator = await aMemberOfStaff({ role: 'administrator' })
    const answer = await client
      .post('/mail-providers')
      .form({ name: 'Own', kind: 'smtp', host: 'mx.example.com', security: 'tls', password: 'canary-8431' })
      .loginAs(administrator)
      .withCsrfToken()
      .redirects(0)
    assert.isBelow(answer.status(), 400, answer.text().slice(0, 500))
    const kept = await row<{ id: number; password: string }>(sql`select id, password from mail_providers where name = 'Own'`)
    assert.notInclude(kept!.password, 'canary')
    const audit = await row(sql`select 1 from audit_log where changes::text like '%canary%'`)
    assert.isUndefined(audit)
  })
})
