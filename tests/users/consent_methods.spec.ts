import { test } from '@japa/runner'
import hash from '@adonisjs/core/services/hash'
import { merge, recordConsent } from '#app/users'
import { execute, row, rows, sql, transaction } from '#core/database'
import { runNow, type Job } from '#core/jobs'
import { signingSecretFrom } from '#core/secrets'
import { giveCallbackSecret, revokeCallbackSecret } from '../../app/campaigns/sources/source_callbacks.js'
import { carryOutErasure, RequestClosed } from '../../app/users/erasure/erase_user.js'
import { privacyJob } from '../../app/users/erasure/privacy_job.js'
import { importRules } from '../../app/users/import_users.js'
import { lockPerson } from '../../app/users/merge/lock_person.js'
import { emptied } from '#tests/support/emptied'
import { a, anEmail, aUser, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aCampaign, ask, askAsServer } from '#tests/support/shop'
import { callingSources, TILL_KEY } from '#tests/support/sources'

const words = (user: number) =>
  rows<{ kind: string; value: boolean; document: string }>(sql`select kind, value, subject, document_version as document, source, method, source_id is not null as sourced
    from consent_log where user_id = ${user} and source = 'api' order by id`)

const documentOf = (kind: string, version: string, more: object = {}) =>
  a('consent_document', { kind, version, textRu: `Текст ${version}`, textEn: `Text ${version}`, validFrom: new Date(Date.now() - 1000), active: true, ...more })

test.group('Consents over the public interface', (group) => {
  rolledBack(group)
  callingSources(group)

  test('a front end shows the documents in force, in the language of who asks', async ({ assert }) => {
    await aCampaign('club', {}, ['site'])
    const campaign = (await row<{ id: number }>(sql`select id from campaigns where code = 'club'`))!.id
    await documentOf('personal_data', 'old', { validFrom: new Date(Date.now() - 10_000) })
    await documentOf('personal_data', 'new')
    await documentOf('campaign', 'rules', { campaign })
    const { body } = await ask('consent/documents')
    assert.deepEqual(
      body.documents.map(({ kind, document, campaign: code, text }: Record<string, string>) => [kind, document, code, text]),
      [['personal_data', 'new', null, 'Text new'], ['campaign', 'rules', 'club', 'Text rules']]
    )
  })

  test('M-10 each word is one row with its document, source and method; said twice it is said once', async ({ assert }) => {
    const user = await aUser({ communicationAgree: false })
    await documentOf('communication', 'c1')
    const agree = (value: boolean) => askAsServer('user/consent', { consents: [{ kind: 'communication', document: 'c1', value }] }, user)
    assert.deepEqual((await agree(true)).body, { personalData: true, communication: true })
    await agree(true)
    assert.deepEqual((await agree(false)).body, { personalData: true, communication: false })
    const word = { kind: 'communication', subject: null, document: 'c1', source: 'api', method: 'user/consent', sourced: true }
    assert.deepEqual(await words(user), [{ ...word, value: true }, { ...word, value: false }])
  })

  test('F118 the events of what was said know the call: its source, campaign, method and trace', async ({ assert }) => {
    const user = await aUser({ communicationAgree: false })
    await aCampaign('club', {}, ['till'])
    await documentOf('communication', 'c1')
    const consents = [{ kind: 'communication', document: 'c1', value: true }]
    for (const [method, body, word] of [['user/consent', { consents }, 'consent.given'], ['user/unsubscribe', { channel: 'sms' }, 'user.unsubscribed']] as const) {
      await askAsServer(method, body, user)
      const [said, called] = await rows<{ signal: string; source: string; campaign: string; trace: string }>(
        sql`select e.signal, e.source, c.code as campaign, e.trace from user_events e join campaigns c on c.id = e.campaign_id
          where e.user_id = ${user} and e.method = ${method} order by e.id`
      )
      assert.deepEqual(said, { ...called, signal: word })
      assert.deepInclude(said, { source: 'till', campaign: 'club' })
      assert.isNotEmpty(said.trace)
    }
  })

  test('F34 the proof holds the language in which the customer was asked, beside the hash of both texts', async ({ assert }) => {
    const user = await aUser({ communicationAgree: false })
    const document = await documentOf('communication', 'c1')
    await askAsServer('user/consent', { consents: [{ kind: 'communication', document: 'c1', value: true }] }, user)
    const proof = await row(
      sql`select l.locale, l.text_hash = encode(sha256(convert_to(d.text_ru || E'\n' || d.text_en, 'UTF8')), 'hex') as same
        from consent_log l join consent_documents d on d.id = l.document_id where l.user_id = ${user} and d.id = ${document}`
    )
    assert.deepEqual(proof, { locale: 'en', same: true })
  })

  test('F34 the proof names no language where the call asked for none of ours', async ({ assert }) => {
    await documentOf('communication', 'c1')
    const asked = ['*', 'de', 'ru-RU,ru;q=0.9,en;q=0.8', 'en']
    const named = []
    for (const language of asked) {
      const user = await aUser({ communicationAgree: false })
      const headers = { 'x-source-key': TILL_KEY, 'x-user': String(user), 'accept-language': language }
      await ask('user/consent', { consents: [{ kind: 'communication', document: 'c1', value: true }] }, { source: 'till', headers })
      named.push(await row(sql`select locale from consent_log where user_id = ${user} and kind = 'communication'`))
    }
    assert.deepEqual(named, [null, null, 'ru', 'en'].map((locale) => ({ locale })))
  })

  test('a document that is not in force, and one word for two kinds, are refused and leave nothing', async ({ assert }) => {
    const user = await aUser()
    await documentOf('communication', 'c1')
    const say = async (...consents: object[]) => (await askAsServer('user/consent', { consents }, user)).body.code
    assert.equal(await say({ kind: 'communication', document: 'c2', value: true }), 'unknownConsentDocument')
    const one = { kind: 'communication', document: 'c1', value: true }
    assert.equal(await say(one, one), 'consentsMixed')
    assert.equal(await say({ ...one, kind: ['communication', 'personal_data'] }), 'invalid')
    assert.deepEqual(await words(user), [])
  })

  test('M-10 a consent is taken back under any document, also one that is out of force or not known', async ({ assert }) => {
    const user = await aUser({ communicationAgree: false })
    await aCampaign('club', {}, ['till'])
    const campaign = (await row<{ id: number }>(sql`select id from campaigns where code = 'club'`))!.id
    const out = [await documentOf('communication', 'c1'), await documentOf('campaign', 'r', { campaign })]
    const say = (consents: object[]) => askAsServer('user/consent', { consents }, user)
    const agree = [{ kind: 'communication', document: 'c1', value: true }, { kind: 'campaign', document: 'r', value: true, campaign: 'club' }]
    assert.equal((await say(agree)).status, 200)
    await execute(sql`update consent_documents set active = false where id = any(${out}::bigint[])`)

    assert.equal((await say([agree[0]])).body.code, 'unknownConsentDocument')
    assert.isFalse((await say([{ ...agree[0], value: false }])).body.communication)
    assert.deepEqual((await askAsServer('campaign/agree', { document: 'unheard', value: false }, user)).body, { campaign: 'club', value: false })
    assert.equal((await say([{ ...agree[1], campaign: 'nowhere', value: false }])).body.code, 'unknownConsentDocument')
    assert.deepEqual(
      (await words(user)).slice(2).map(({ kind, value, document }) => [kind, value, document]),
      [['communication', false, 'c1'], ['campaign', false, 'r']]
    )
  })

  test('taking part is a word about the campaign of the source', async ({ assert }) => {
    const user = await aUser()
    assert.equal((await askAsServer('campaign/agree', { document: 'r', value: true }, user)).body.code, 'campaignMissing')
    await aCampaign('club', {}, ['till'])
    const campaign = (await row<{ id: number }>(sql`select id from campaigns where code = 'club'`))!.id
    await documentOf('campaign', 'r', { campaign })
    assert.deepEqual((await askAsServer('campaign/agree', { document: 'r', value: true }, user)).body, { campaign: 'club', value: true })
    assert.deepEqual(await row(sql`select value from user_campaign_agrees where user_id = ${user} and campaign_id = ${campaign}`), { value: true })
    const event = await row(sql`select payload, campaign_id from user_events where user_id = ${user} and signal = 'campaign.agree'`)
    assert.deepEqual(event, { payload: { value: true, campaignId: campaign }, campaign_id: campaign })
  })

  test('F36 nobody joins a campaign that is over, whoever is in may leave it', async ({ assert }) => {
    const user = await aUser()
    await aCampaign('club', {}, ['till'])
    const campaign = (await row<{ id: number }>(sql`select id from campaigns where code = 'club'`))!.id
    await documentOf('campaign', 'r', { campaign })
    const agree = async (value: boolean) => {
      const { status, body } = await askAsServer('campaign/agree', { document: 'r', value }, user)
      return [status, body.code ?? body.value]
    }
    const change = (values: ReturnType<typeof sql>) => execute(sql`update campaigns set ${values} where id = ${campaign}`)
    for (const closing of [sql`active = false`, sql`active = true, starts_at = now() + interval '1 day'`, sql`starts_at = null, ends_at = now()`]) {
      await change(closing)
      assert.deepEqual(await agree(true), [403, 'campaignClosed'])
    }
    assert.deepEqual(await words(user), [])
    await change(sql`ends_at = null`)
    assert.deepEqual(await agree(true), [200, true])
    await change(sql`active = false`)
    assert.deepEqual(await agree(false), [200, false])
  })

  test('F34 nothing new is kept of who took the consent to processing back, until they agree again', async ({ assert }) => {
    const user = await aUser()
    await documentOf('personal_data', 'p1')
    await a('event_type', { code: 'quiz_tried', nameRu: 'Тест', nameEn: 'Quiz' })
    const say = (value: boolean) => askAsServer('user/consent', { consents: [{ kind: 'personal_data', document: 'p1', value }] }, user)
    const upload = async () => {
      const body = new FormData()
      body.append('file', new Blob(['%PDF-1.4\n']), 'form.pdf')
      const headers = { 'x-source-key': TILL_KEY, 'x-user': String(user) }
      return (await fetch(`http://${process.env.HOST}:${process.env.PORT}/api/v1/till/document/upload`, { method: 'POST', headers, body })).status
    }
    const keep = async () => [
      (await askAsServer('user/edit', { surname: 'Новая', identifiers: [{ type: 'phone', value: '+79160000099' }] }, user)).status,
      (await askAsServer('event/add', { type: 'quiz_tried' }, user)).status,
      await upload(),
    ]
    assert.equal((await say(false)).status, 200)
    assert.deepEqual(await keep(), [403, 403, 403])
    assert.deepEqual(
      await row(sql`select u.surname, (select count(*) from user_identifiers i where i.user_id = u.id) as contacts,
        (select count(*) from user_documents d where d.user_id = u.id) as documents from users u where u.id = ${user}`),
      { surname: null, contacts: 0, documents: 0 }
    )
    assert.equal((await say(true)).status, 200)
    assert.deepEqual(await keep(), [200, 200, 200])
  })

  test('F34 who was never asked, as people of a file, took nothing back', async ({ assert }) => {
    const user = await aUser({ personalDataAgree: false })
    assert.equal((await askAsServer('user/edit', { surname: 'Петрова' }, user)).status, 200)
  })

  test('F34 a no goes over to who was never asked and is the same person, for what is kept and for files, until they agree anew', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser({ personalDataAgree: false, communicationAgree: false })]
    await documentOf('personal_data', 'p1')
    for (const kind of ['personal_data', 'communication'] as const) await recordConsent({ userId: from, kind, value: false }, { source: 'api' })
    await merge({ from, into }, nobody)
    const edited = async () => (await askAsServer('user/edit', { surname: 'Петрова' }, into)).status
    const line = sql`(select 2::bigint as line, ${into}::bigint as id, true as "personalDataAgree", true as "communicationAgree")`
    const refused = async () => (await rows<{ field: string }>(importRules.refuse!(line, ['personalDataAgree', 'communicationAgree']))).map(({ field }) => field).sort()
    assert.equal(await edited(), 403)
    assert.deepEqual(await refused(), ['communicationAgree', 'id', 'personalDataAgree'])
    await askAsServer('user/consent', { consents: [{ kind: 'personal_data', document: 'p1', value: true }] }, into)
    assert.equal(await edited(), 200)
    assert.deepEqual(await refused(), ['communicationAgree'])
  })

  test('F34 who agreed under one id and was never asked under another one took nothing back', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser({ personalDataAgree: false })]
    await merge({ from, into }, nobody)
    assert.equal((await askAsServer('user/edit', { surname: 'Петрова' }, into)).status, 200)
  })

  test('F39 agreeing again closes the request of erasure that the withdrawal opened, not one that staff wrote down', async ({ assert }) => {
    const [user, other] = [await aUser(), await aUser()]
    await documentOf('personal_data', 'p1')
    await a('privacy_request', { user: other, kind: 'erasure', reason: 'Письмо от 1 мая' })
    const requests = () => rows(sql`select user_id as user, state, answer <> '' as answered from privacy_requests where user_id = any(${[user, other]}::bigint[]) order by user_id`)
    for (const customer of [user, other]) {
      for (const value of [false, true]) {
        await askAsServer('user/consent', { consents: [{ kind: 'personal_data', document: 'p1', value }] }, customer)
      }
    }
    assert.deepEqual(await requests(), [{ user, state: 'refused', answered: true }, { user: other, state: 'open', answered: null }])
  })

  test('F39 agreeing again closes the request under whatever id it was opened, also while it waits for a worker, who then erases nobody', async ({ assert }) => {
    const [from, into] = [await aUser({ surname: 'Малкина' }), await aUser()]
    await documentOf('personal_data', 'p1')
    const say = (value: boolean, user: number) => askAsServer('user/consent', { consents: [{ kind: 'personal_data', document: 'p1', value }] }, user)
    await say(false, from)
    await merge({ from, into }, nobody)
    await execute(sql`update privacy_requests set state = 'running' where user_id = ${from}`)
    assert.equal((await say(true, into)).status, 200)
    assert.deepEqual(
      await rows(sql`select r.state, (select changes #>> '{before,state}' from audit_log l where l.object = 'privacy_request' and l.record_id = r.id and action = 'refuse') as former
        from privacy_requests r where r.user_id in (${from}, ${into})`),
      [{ state: 'refused', former: 'running' }]
    )
    const { id } = (await row<{ id: number }>(sql`select id from privacy_requests where user_id = ${from}`))!
    await runNow(privacyJob as Job, { requestId: id, staffId: null }, { actor: nobody, title: 'x' })
    await assert.rejects(() => transaction((trx) => carryOutErasure(id, nobody, trx)), RequestClosed)
    assert.deepEqual(await row(sql`select surname, personal_data_agree as agrees, erased_at from users where id = ${into}`), { surname: 'Малкина', agrees: true, erased_at: null })
  })

  test('subscriptions are read, left, taken up again and set as a whole', async ({ assert }) => {
    const user = await aUser()
    const call = async (method: string, body: object = {}) => (await askAsServer(method, body, user)).body
    const all = await call('user/getUnsubscribe')
    assert.equal(all.kept.length, all.channels.length * all.categories.length)

    const without = await call('user/unsubscribe', { channel: 'sms' })
    assert.isFalse(without.kept.some(({ channel }: { channel: string }) => channel === 'sms'))
    assert.equal(without.kept.length, all.kept.length - all.categories.length)
    const news = await call('user/subscribe', { channel: 'sms', category: 'news' })
    assert.equal(news.kept.length, without.kept.length + 1)

    const only = [{ channel: 'email', category: 'news' }]
    assert.deepEqual((await call('user/updateUnsubscribe', { regime: 'only', kept: only })).kept, only)
    assert.deepEqual(await call('user/getUnsubscribe'), { ...all, regime: 'only', kept: only })
    assert.equal((await call('user/unsubscribe')).kept.length, 0)

    assert.isTrue(all.communicationAgree)
    await execute(sql`update users set communication_agree = false where id = ${user}`)
    assert.isFalse((await call('user/subscribe', { channel: 'email' })).communicationAgree)

    const wrong = await call('user/subscribe', { channel: 'pigeon' })
    assert.deepEqual([wrong.code, Object.keys(wrong.errors)], ['invalid', ['channel']])
  })

  test('F37 who left everything and takes one pair up again gets that and nothing that is not named; what is offered no more can be left', async ({ assert }) => {
    const user = await aUser()
    await askAsServer('user/unsubscribe', {}, user)
    const taken = await askAsServer('user/subscribe', { channel: 'email', category: 'news' }, user)
    assert.deepEqual(taken.body.kept, [{ channel: 'email', category: 'news' }])
    assert.deepEqual(
      await rows(sql`select c.code as channel, k.code as category from user_subscriptions s left join channels c on c.id = s.channel_id
        left join unsubscribe_categories k on k.id = s.category_id where s.user_id = ${user}`),
      [{ channel: 'email', category: 'news' }]
    )
    await execute(sql`update channels set active = false where code = 'sms'`)
    assert.equal((await askAsServer('user/subscribe', { channel: 'sms' }, user)).status, 422)
    assert.equal((await askAsServer('user/unsubscribe', { channel: 'sms' }, user)).status, 200)
    assert.lengthOf(await rows(sql`select from user_unsubscribes where user_id = ${user}`), 1)
  })

  test('nobody who is not signed in says anything', async ({ assert }) => {
    for (const method of ['user/consent', 'campaign/agree', 'user/getUnsubscribe', 'user/unsubscribe']) {
      assert.equal((await ask(method, {})).status, 401, method)
    }
  })

  test('F39 whoever left a campaign is not signed in there until they agree anew, and is elsewhere', async ({ assert }) => {
    await aCampaign('spring', { needsPhone: false }, ['site'])
    const { id: campaign } = (await row<{ id: number }>(sql`select id from campaigns where code = 'spring'`))!
    await a('consent_document', { kind: 'campaign', campaign, version: '1', textEn: 'Rules' })
    const user = await aUser()
    await anEmail(user, 'anna@example.com')
    await execute(sql`insert into user_passwords (user_id, hash) values (${user}, ${await hash.make('correct horse battery')})`)
    const login = (more: object = {}, source = 'site') =>
      ask('user/login', { identifiers: [{ type: 'email', value: 'anna@example.com' }], password: 'correct horse battery', ...more }, { source })

    const { body } = await login()
    const agree = (value: boolean) => ask('campaign/agree', { document: '1', value }, { token: body.token })
    assert.equal((await agree(true)).status, 200)
    assert.equal((await agree(false)).status, 200)
    assert.equal((await ask('user/info', {}, { token: body.token })).status, 401)
    const refused = await login()
    assert.deepEqual([refused.status, refused.body.code], [403, 'campaignLeft'])
    const again = await login({ consents: [{ kind: 'campaign', campaign: 'spring', document: '1', value: true }] })
    assert.equal(again.status, 200)
    assert.deepEqual(await row(sql`select personal_data_agree as agree from users where id = ${user}`), { agree: true })
  })

  test('who never took part has left nothing', async ({ assert }) => {
    await aCampaign('spring', { needsPhone: false }, ['site'])
    const { id: campaign } = (await row<{ id: number }>(sql`select id from campaigns where code = 'spring'`))!
    await a('consent_document', { kind: 'personal_data', version: '1', textEn: 'Data' })
    await a('consent_document', { kind: 'campaign', campaign, version: '1', textEn: 'Rules' })
    const consents = [{ kind: 'personal_data', document: '1', value: true }, { kind: 'campaign', campaign: 'spring', document: '1', value: false }]
    const identifiers = [{ type: 'email', value: 'anna@example.com' }]
    const password = 'correct horse battery'
    assert.equal((await ask('user/register', { identifiers, consents, password })).status, 200)
    assert.equal((await ask('user/login', { identifiers, password })).status, 200)
  })
})

test.group('Consents said at once', (group) => {
  emptied(group)
  callingSources(group)

  test('two that leave a channel each at the same moment leave both', async ({ assert }) => {
    const user = await aUser()
    const leave = (channel: string) => askAsServer('user/unsubscribe', { channel }, user)
    const both = await transaction(async (trx) => {
      await execute(sql`select from users where id = ${user} for update`, trx)
      const leaving = [leave('sms'), leave('email')]
      while ((await waiting()) < leaving.length) await new Promise((resume) => setTimeout(resume, 20))
      return { leaving }
    })
    for (const { status } of await Promise.all(both.leaving)) assert.equal(status, 200)
    const { body } = await askAsServer('user/getUnsubscribe', {}, user)
    assert.isNotEmpty(body.kept)
    assert.isFalse(body.kept.some(({ channel }: { channel: string }) => ['sms', 'email'].includes(channel)))
  })

  test('F41 what another system tells while two are merged is written for who they are then', async ({ assert }) => {
    const source = await idOf('source', 'site')
    const [from, into] = [await aUser(), await aUser({ communicationAgree: false })]
    await anEmail(from, 'anna@example.com')
    const secret = signingSecretFrom(await giveCallbackSecret(source, 0, nobody), 'callback/optIn')
    try {
      const { telling } = await transaction(async (trx) => {
        await merge({ from, into }, nobody, trx)
        const told = ask(`callback/optIn?secret=${encodeURIComponent(secret)}`, { email: 'anna@example.com' })
        while (!(await waiting())) await new Promise((resume) => setTimeout(resume, 20))
        return { telling: told }
      })
      assert.deepEqual((await telling).body, { heard: true })
      const said = await rows(sql`select user_id as user, kind, value from consent_log where user_id in (${from}, ${into}) and source = 'callback' order by id`)
      const opened = [['communication', true], ['regime', false], ['subscribe', true]]
      assert.deepEqual(said, opened.map(([kind, value]) => ({ user: into, kind, value })))
    } finally {
      await revokeCallbackSecret(source, nobody)
    }
  })

  test('F39 an erasure that meets who agrees again waits for them, and then leaves them alone', async ({ assert }) => {
    const user = await aUser({ surname: 'Малкина' })
    await recordConsent({ userId: user, kind: 'personal_data', value: false }, { source: 'api' })
    const { id } = (await row<{ id: number }>(sql`select id from privacy_requests where user_id = ${user}`))!
    const erasing = await transaction(async (trx) => {
      await lockPerson(user, trx)
      const erased = transaction((own) => carryOutErasure(id, nobody, own)).then(() => null, (error: unknown) => error)
      while (!(await waiting())) await new Promise((resume) => setTimeout(resume, 20))
      await recordConsent({ userId: user, kind: 'personal_data', value: true }, { source: 'api' }, trx)
      return { erased }
    })
    assert.instanceOf(await erasing.erased, RequestClosed)
    assert.deepEqual(await row(sql`select surname, erased_at from users where id = ${user}`), { surname: 'Малкина', erased_at: null })
  })

  test('F39 an erasure that meets a merge erases both, whoever they are by then', async ({ assert }) => {
    const [from, into] = [await aUser({ surname: 'Малкина' }), await aUser({ givenName: 'Майя' })]
    await recordConsent({ userId: from, kind: 'personal_data', value: false }, { source: 'api' })
    const { id } = (await row<{ id: number }>(sql`select id from privacy_requests where user_id = ${from}`))!
    const erasing = await transaction(async (trx) => {
      await merge({ from, into }, nobody, trx)
      const erased = transaction((own) => carryOutErasure(id, nobody, own))
      while (!(await waiting())) await new Promise((resume) => setTimeout(resume, 20))
      return { erased }
    })
    await erasing.erased
    const known = await rows(sql`select id from users where id in (${from}, ${into}) and (erased_at is null or surname is not null or given_name is not null)`)
    assert.isEmpty(known)
  })
})

const waiting = async () =>
  (await row<{ count: number }>(sql`select count(*) as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`))!.count
