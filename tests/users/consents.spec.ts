import { test } from '@japa/runner'
import i18n from '@adonisjs/i18n/services/main'
import {
  choose, ConsentsMixed, giveConsents, mergeConsents, preferencesOf, recordConsent, resubscribe, savePreferences, setRegime,
  UnknownConsentDocument, unsubscribe, type Origin, type SentConsent,
} from '#app/users'
import { execute, rows, row, sql, transaction } from '#core/database'
import { edit, objects, plain, select, type Values } from '#core/objects'
import { versionsPanel } from '../../app/users/consents/versions_panel.js'
import { ways } from '../../app/users/consents/said_by.js'
import { a, aUser, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'

interface Word {
  kind: string
  value: boolean
  document_version: string | null
  source: string
}

const log = (user: number) => rows<{ kind: string; value: boolean }>(sql`select kind, value from consent_log where user_id = ${user} order by id`)
const proofs = (user: number) => rows<Word>(sql`select kind, value, document_version, source from consent_log where user_id = ${user} order by id`)
const events = (user: number) => rows<{ signal: string }>(sql`select signal from user_events where user_id = ${user} order by id`)
const present = (user: number) =>
  row<{ personal: boolean; communication: boolean; regime: string }>(
    sql`select personal_data_agree as personal, communication_agree as communication, communication_regime as regime from users where id = ${user}`
  )

const takesPart = async (user: number, campaign: number) =>
  (await row<{ value: boolean }>(sql`select value from user_campaign_agrees where user_id = ${user} and campaign_id = ${campaign}`))?.value === true

const aDocument = (values: Values = {}) => a('consent_document', { kind: 'communication', version: '1', textRu: 'Согласен', textEn: 'I agree', ...values })
const aSilentUser = () => aUser({ personalDataAgree: false, communicationAgree: false })
const api: Origin = { source: 'api', ip: '203.0.113.7', method: 'user/consents' }

test.group('Consents', (group) => {
  rolledBack(group)

  test('an agreement and its withdrawal are each written once', async ({ assert }) => {
    const user = await aUser({ personalDataAgree: true, communicationAgree: false })
    const set = (communicationAgree: boolean) =>
      transaction((trx) => edit(objects.get('user'), user, { communicationAgree }, nobody, trx))
    await set(true)
    await set(true)
    await set(false)

    assert.deepEqual(await log(user), [
      { kind: 'personal_data', value: true },
      { kind: 'communication', value: true },
      { kind: 'communication', value: false },
    ])
  })

  test('M-10 a word names the document in force, its hash and where it came from, and sets the present value', async ({ assert }) => {
    await aDocument({ version: 'old', validFrom: new Date('2026-01-01') })
    const document = await aDocument({ version: 'new', validFrom: new Date('2026-02-01') })
    await aDocument({ version: 'coming', validFrom: new Date('2999-01-01') })
    const userId = await aSilentUser()
    const sourceId = await idOf('source', 'site')
    assert.isTrue(await recordConsent({ userId, kind: 'communication', value: true }, { ...api, sourceId }))
    assert.isFalse(await recordConsent({ userId, kind: 'communication', value: true }, { ...api, sourceId }))

    const word = await row<Record<string, unknown>>(sql`select l.*, d.text_hash as sealed from consent_log l join consent_documents d on d.id = l.document_id
      where l.user_id = ${userId}`)
    assert.containsSubset(word, { document_id: document, document_version: 'new', text_hash: word!.sealed, source_id: sourceId, method: 'user/consents', ip: api.ip })
    assert.match(String(word!.text_hash), /^[0-9a-f]{64}$/)
    assert.isTrue((await present(userId))!.communication)
    assert.deepEqual(await events(userId), [{ signal: 'consent.given' }])

    await recordConsent({ userId, kind: 'communication', value: false }, api)
    assert.containsSubset((await proofs(userId))[1], { value: false, document_version: 'new' })
    assert.deepEqual((await events(userId)).at(-1), { signal: 'consent.withdrawn' })
  })

  test('X-05 every way is said in both languages', ({ assert }) => {
    for (const language of ['ru', 'en']) for (const way of ways) assert.isString(i18n.getTranslationsFor(language)[`consent.origins.${way}`])
  })

  test('M-10 the log says in the words of its reader what was said, under which document, and who, when and from where', async ({ assert }) => {
    await aDocument({ version: '2026-05', nameRu: 'Согласие на рекламу', nameEn: 'Consent to mailings' })
    const [userId, sourceId] = [await aSilentUser(), await idOf('source', 'site')]
    const [email, news] = [await idOf('channel', 'email'), await idOf('unsubscribe_category', 'news')]
    await recordConsent({ userId, kind: 'communication', value: true }, { ...api, sourceId })
    for (const [channelId, categoryId] of [[email, news], [email, null], [null, news], [null, null]]) {
      await unsubscribe({ userId, channelId, categoryId }, { ...api, source: 'one_click' })
    }
    await setRegime(userId, 'only', { source: 'preferences' })

    const told = async (locale: 'ru' | 'en') => {
      const reader = { ...plain, locale }
      const columns = ['kind', 'scope', 'channel', 'category', 'document', 'cameFrom', 'ip']
      const said = await rows<Record<string, { title: string } | string | null>>(select(objects.get('consent'), { reader, columns, sort: 'id', where: sql`t.user_id = ${userId}` }))
      return said.map((one) => columns.map((name) => (one[name] as { title: string } | null)?.title ?? one[name]))
    }
    const document = 'Consent to mailings, 2026-05'
    assert.deepEqual(await told('en'), [
      ['communication', null, null, null, document, 'Website', api.ip],
      ['unsubscribe', 'pair', 'Email', 'News', document, null, api.ip],
      ['unsubscribe', 'channel', 'Email', null, document, null, api.ip],
      ['unsubscribe', 'category', null, 'News', document, null, api.ip],
      ['unsubscribe', 'everything', null, null, document, null, api.ip],
      ['regime', 'only', null, null, document, null, null],
    ])
    assert.deepEqual((await told('ru'))[1], ['unsubscribe', 'pair', 'Email', 'Новости', 'Согласие на рекламу, 2026-05', null, api.ip])
  })

  test('a document is called by its kind where nothing else is said; its card tells which version was in force when', async ({ assert }) => {
    const first = await aDocument({ version: '1', validFrom: new Date('2026-01-01T00:00:00Z') })
    const second = await aDocument({ version: '2', validFrom: new Date('2026-03-01T00:00:00Z'), nameEn: 'Mailings' })
    const third = await aDocument({ version: '3', validFrom: new Date('2999-01-01T00:00:00Z') })
    const gone = await aDocument({ version: '0', validFrom: new Date('2025-01-01T00:00:00Z'), active: false })
    await aDocument({ kind: 'personal_data', version: '1' })
    const userId = await aSilentUser()
    await recordConsent({ userId, kind: 'communication', value: true }, api)
    const { versions } = (await versionsPanel.load(first, plain)) as { versions: Record<string, unknown>[] }
    assert.deepEqual(
      versions.map(({ href, name, state, validUntil, agreed, shown }) => [href, name, state, validUntil, agreed, shown]),
      [
        [`/consent-documents/${third}`, 'Consent to advertising', 'consent_document.versions.coming', null, '0', false],
        [`/consent-documents/${second}`, 'Mailings', 'consent_document.versions.inForce', '1 Jan 2999 00:00', '1', false],
        [`/consent-documents/${first}`, 'Consent to advertising', 'consent_document.versions.followed', '1 Mar 2026 00:00', '0', true],
        [`/consent-documents/${gone}`, 'Consent to advertising', 'consent_document.versions.outOfUse', null, '0', false],
      ]
    )
  })

  test('nobody changes or deletes what the log says, nor a published document', async ({ assert }) => {
    const user = await aUser()
    const document = await aDocument()
    for (const change of [
      sql`update consent_log set value = false where user_id = ${user}`,
      sql`delete from consent_log where user_id = ${user}`,
    ]) {
      await assert.rejects(() => transaction((trx) => execute(change, trx)), /only ever added/)
    }
    await assert.rejects(() => transaction((trx) => execute(sql`update consent_documents set text_ru = 'x' where id = ${document}`, trx)), /never changed/)
    await assert.rejects(() => transaction((trx) => execute(sql`delete from consent_documents where id = ${document}`, trx)), /only ever added/)
    await transaction((trx) => execute(sql`update consent_documents set active = false where id = ${document}`, trx))
  })

  test('each kind is sent by itself: one element for two kinds, a kind twice or an unknown version are refused', async ({ assert }) => {
    const campaign = await a('campaign', { name: 'Spring', code: 'spring' })
    await aDocument()
    await aDocument({ kind: 'campaign', campaign })
    const userId = await aSilentUser()
    const give = (consents: unknown[]) => transaction((trx) => giveConsents(userId, consents as SentConsent[], api, trx))
    const yes = { document: '1', value: true }
    for (const mixed of [
      [{ kind: 'communication', campaign: 'spring', ...yes }],
      [{ kind: 'campaign', ...yes }],
      [{ kind: 'communication', ...yes }, { kind: 'communication', document: '1', value: false }],
      [{ kind: 'unsubscribe', ...yes }],
    ]) {
      await assert.rejects(() => give(mixed), ConsentsMixed as never)
    }
    await assert.rejects(() => give([{ kind: 'communication', document: '2', value: true }]), UnknownConsentDocument as never)
    assert.isEmpty(await log(userId))

    assert.equal(await give([{ kind: 'communication', ...yes }, { kind: 'campaign', campaign: 'spring', ...yes }]), 2)
    assert.isTrue(await takesPart(userId, campaign))
  })

  test('F39 leaving a campaign keeps the data and the other consents; withdrawing personal data asks for erasure, once', async ({ assert }) => {
    const campaignId = await a('campaign', { name: 'Spring', code: 'spring' })
    const userId = await aUser()
    await recordConsent({ userId, kind: 'campaign', campaignId, value: true }, api)
    await recordConsent({ userId, kind: 'campaign', campaignId, value: false }, api)
    assert.isFalse(await takesPart(userId, campaignId))
    assert.deepEqual(await present(userId), { personal: true, communication: true, regime: 'except' })
    assert.isEmpty(await rows(sql`select 1 from privacy_requests where user_id = ${userId}`))

    await recordConsent({ userId, kind: 'personal_data', value: false }, api)
    await recordConsent({ userId, kind: 'personal_data', value: true }, api)
    await recordConsent({ userId, kind: 'personal_data', value: false }, api)
    const requests = await rows<{ kind: string; days: number }>(
      sql`select kind, (select count(*) from generate_series(current_date + 1, due_on, interval '1 day') d where extract(isodow from d) < 6)::int as days
        from privacy_requests where user_id = ${userId} and state = 'open'`
    )
    assert.deepEqual(requests, [{ kind: 'erasure', days: 10 }])
  })
})

test.group('Subscriptions', (group) => {
  rolledBack(group)

  test('unsubscribing twice leaves one row, one word in the log and one event', async ({ assert }) => {
    const userId = await aSilentUser()
    const subject = { userId, channelId: await idOf('channel', 'email'), categoryId: null }

    assert.isTrue(await unsubscribe(subject, { source: 'one_click' }))
    assert.isFalse(await unsubscribe(subject, { source: 'one_click' }))
    assert.deepEqual(await log(userId), [{ kind: 'unsubscribe', value: true }])
    assert.lengthOf(await events(userId), 1)

    assert.isTrue(await resubscribe(subject, { source: 'preferences' }))
    assert.lengthOf(await rows(sql`select id from user_unsubscribes where user_id = ${userId}`), 0)
  })

  test('F38 a new address inherits what the old one was unsubscribed from', async ({ assert }) => {
    const user = await aUser()
    const email = await idOf('channel', 'email')
    await a('identifier', { user, type: 'email', value: 'old@example.com', confirmed: true })
    await unsubscribe({ userId: user, channelId: email, categoryId: null }, { source: 'one_click' })
    await a('identifier', { user, type: 'email', value: 'new@example.com', confirmed: true })
    const { kept } = await preferencesOf(user, 'en')
    assert.isEmpty([...kept].filter((cell) => cell.startsWith(`${email}:`)))
  })

  test('F35 what is ticked is what is got, under both regimes', async ({ assert }) => {
    const userId = await aUser()
    const { channels, categories } = await preferencesOf(userId, 'en')
    const one = `${channels[0].id}:${categories[1].id}`
    for (const regime of ['except', 'only', 'except', 'only'] as const) {
      await savePreferences(userId, new Set([one]), regime, { source: 'preferences' })
      const now = await preferencesOf(userId, 'en')
      assert.deepEqual([now.regime, ...now.kept], [regime, one])
    }
    await savePreferences(userId, new Set(), 'only', { source: 'preferences' })
    assert.equal((await preferencesOf(userId, 'en')).kept.size, 0)
    assert.deepEqual((await log(userId)).filter(({ kind }) => kind === 'regime').length, 3)
  })

  test('F35 who ticks all that is offered has not chosen what comes to be offered; what was chosen as a whole stays whole', async ({ assert }) => {
    const [ticking, whole] = [await aUser(), await aUser()]
    await choose({ userId: whole, channelId: null, categoryId: null }, api)
    await execute(sql`update channels set active = false where code <> 'email'`)
    for (const userId of [ticking, whole]) {
      await savePreferences(userId, (await preferencesOf(userId, 'en')).kept, 'only', api)
    }
    await execute(sql`update channels set active = true`)
    const channelsOf = async (userId: number) => new Set([...(await preferencesOf(userId, 'en')).kept].map((cell) => cell.split(':')[0])).size
    assert.deepEqual([await channelsOf(ticking), await channelsOf(whole) > 1], [1, true])
  })

  test('F27 a merge keeps the stricter: fewer consents, both unsubscriptions, only what both chose', async ({ assert }) => {
    const [from, into] = [await aUser({ communicationAgree: false }), await aUser()]
    const [email, sms] = [await idOf('channel', 'email'), await idOf('channel', 'sms')]
    const news = await idOf('unsubscribe_category', 'news')
    const campaignId = await a('campaign', { name: 'Spring', code: 'spring' })
    const by: Origin = { source: 'api' }
    await recordConsent({ userId: from, kind: 'campaign', campaignId, value: false }, by)
    await recordConsent({ userId: into, kind: 'campaign', campaignId, value: true }, by)
    await unsubscribe({ userId: from, channelId: sms, categoryId: null }, by)
    for (const userId of [from, into]) await setRegime(userId, 'only', by)
    await choose({ userId: from, channelId: email, categoryId: null }, by)
    await choose({ userId: into, channelId: null, categoryId: news }, by)
    await choose({ userId: into, channelId: sms, categoryId: null }, by)

    await transaction((trx) => mergeConsents(from, into, by, trx))
    assert.deepEqual(await present(into), { personal: true, communication: false, regime: 'only' })
    assert.isFalse(await takesPart(into, campaignId))
    assert.deepEqual(await rows(sql`select channel_id, category_id from user_subscriptions where user_id = ${into}`), [{ channel_id: email, category_id: news }])
    assert.deepEqual(await rows(sql`select channel_id, category_id from user_unsubscribes where user_id = ${into}`), [{ channel_id: sms, category_id: null }])
    assert.isEmpty(await rows(sql`select 1 from privacy_requests where user_id = ${into}`))
  })
})
