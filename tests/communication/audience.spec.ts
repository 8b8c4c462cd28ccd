import { test } from '@japa/runner'
import { execute, row, rows, sql, type Sql } from '#core/database'
import { judge, judged, type Judgement } from '../../app/communication/audience/audience.js'
import { type Terms } from '../../app/communication/audience/rules.js'
import { aUser, anEmail, idOf } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'

/** Everything that decides, each with all its values. */
const ways = {
  class: ['advertising', 'system'],
  agreed: [true, false],
  personalData: [true, false],
  unsubscribed: ['no', 'everything', 'channel', 'otherChannel', 'category', 'otherCategory', 'pair', 'categoryOnOtherChannel'],
  confirmed: [true, false],
  active: [true, false],
  deliverable: ['ok', 'soft', 'blocked'],
  status: ['active', 'blocked'],
  stopped: [true, false],
  isTest: [true, false],
  toTest: [true, false],
  /** Everything that was not left, only what was chosen: nothing yet, or this very thing. */
  regime: ['except', 'onlyNothing', 'onlyThis'],
} as const

type Case = { [Name in keyof typeof ways]: (typeof ways)[Name][number] }

/** Written from F34-F38 and F44 by hand, without a look at the rules of the code. */
function mayGetIt(one: Case): boolean {
  const reachable = one.confirmed && one.active && one.deliverable !== 'blocked'
  const kind = one.isTest === one.toTest && one.status === 'active'
  const agreed = one.agreed && one.personalData && !one.stopped
  const leftIt = ['everything', 'channel', 'category', 'pair'].includes(one.unsubscribed)
  return reachable && kind && (one.class === 'system' || (agreed && !leftIt && one.regime !== 'onlyNothing'))
}

/** What decides about consent alone, where a mail may be about a campaign. */
const wordsOfConsent = {
  agreed: [true, false],
  personalData: [true, false],
  regime: ['except', 'only'],
  chosen: ['nothing', 'everything', 'channel', 'otherChannel', 'category', 'otherCategory', 'pair', 'categoryOnOtherChannel'],
  left: ['nothing', 'channel', 'otherCategory'],
  participates: ['yes', 'no', 'never'],
} as const

type Consents = { [Name in keyof typeof wordsOfConsent]: (typeof wordsOfConsent)[Name][number] }

/** From F35 and F36: consent to advertising and the regime, or the rules of the campaign while it runs. */
function agreesToIt({ agreed, personalData, regime, chosen, left, participates }: Consents, campaign: 'none' | 'running' | 'over') {
  const choseIt = regime === 'except' || ['everything', 'channel', 'category', 'pair'].includes(chosen)
  const takesPart = campaign === 'running' && participates === 'yes'
  return personalData && left !== 'channel' && (takesPart || (agreed && choseIt))
}

test.group('Who may be mailed', (group) => {
  rolledBack(group)

  test('M-05 every combination equals the oracle', async ({ assert }) => {
    const customers = (combinations(ways) as Case[]).filter((one) => one.class === 'advertising' && !one.toTest)
    await makeCustomers(customers)
    const made = await rows<{ id: number; identifier: number; n: number }>(
      sql`select u.id, i.id as identifier, substring(u.external_id from 4)::int as n from users u
        join user_identifiers i on i.user_id = u.id where u.external_id like 'm05%'`
    )
    assert.lengthOf(made, customers.length)
    const terms = { channelId: await idOf('channel', 'email'), categoryId: await idOf('unsubscribe_category', 'news') }

    for (const kind of ways.class) {
      for (const toTest of ways.toTest) {
        const wrong = await difference({ ...terms, class: kind, testCustomers: toTest }, made, customers)
        assert.deepEqual(wrong, [], `${kind}, ${toTest ? 'test customers' : 'customers'}`)
      }
    }
  }).timeout(120_000)

  test('M-05 F35 F36 regimes, choices and campaigns equal the oracle', async ({ assert }) => {
    const customers = combinations(wordsOfConsent) as Consents[]
    await makeAgreeing(customers)
    const made = await rows<{ identifier: number; n: number }>(
      sql`select i.id as identifier, substring(u.external_id from 4)::int as n from users u
        join user_identifiers i on i.user_id = u.id where u.external_id like 'f35%'`
    )
    assert.lengthOf(made, customers.length)
    const news = await idOf('unsubscribe_category', 'news')
    const terms: Terms = { class: 'advertising', channelId: await idOf('channel', 'email'), categoryId: news, testCustomers: false }
    const running = (await row<{ id: number }>(sql`select id from campaigns where code = 'f36'`))!.id

    for (const campaign of ['none', 'running', 'over'] as const) {
      if (campaign === 'over') await execute(sql`update campaigns set ends_at = now() - interval '1 minute' where id = ${running}`)
      const choice = { segmentId: null, identifierIds: made.map(({ identifier }) => identifier) }
      const judgedNow = judged(choice, { ...terms, campaignId: campaign === 'none' ? null : running })
      const answers = await rows<{ identifier_id: number; reason: string | null }>(judgedNow)
      const reasons = new Map(answers.map(({ identifier_id, reason }) => [identifier_id, reason]))
      const wrong = made
        .map(({ identifier, n }) => ({ ...customers[n], reason: reasons.get(identifier) }))
        .filter(({ reason, ...one }) => agreesToIt(one, campaign) !== (reason === null))
      assert.deepEqual(wrong.slice(0, 5), [], `campaign: ${campaign}`)
    }
  })

  test('only a message that carries a confirmation goes to an unconfirmed address (F38)', async ({ assert }) => {
    const user = await aUser({ communicationAgree: false })
    const identifier = await anEmail(user, 'new@example.com', false)
    const channelId = await idOf('channel', 'email')
    const terms: Terms = { class: 'system', channelId, categoryId: null, testCustomers: false }
    const choice = { segmentId: null, identifierIds: [identifier] }
    assert.deepEqual(await judge(choice, terms), { recipients: 0, excluded: { unconfirmed: 1 } } as Judgement)
    assert.deepEqual(await judge(choice, { ...terms, confirmation: true }), { recipients: 1, excluded: {} } as Judgement)
  })

  test('a mail without a category is left only by those who left the channel', async ({ assert }) => {
    const user = await aUser()
    const identifier = await anEmail(user)
    const channelId = await idOf('channel', 'email')
    const news = await idOf('unsubscribe_category', 'news')
    const terms: Terms = { class: 'advertising', channelId, categoryId: null, testCustomers: false }
    const choice = { segmentId: null, identifierIds: [identifier] }
    await execute(sql`insert into user_unsubscribes (user_id, category_id, source) values (${user}, ${news}, 'test')`)
    assert.equal((await judge(choice, terms)).recipients, 1)
    await execute(sql`insert into user_unsubscribes (user_id, channel_id, source) values (${user}, ${channelId}, 'test')`)
    assert.deepEqual(await judge(choice, terms), { recipients: 0, excluded: { unsubscribed: 1 } } as Judgement)
  })

  test('a segment reaches the active address of each member, and says who has none', async ({ assert }) => {
    const users = [await aUser(), await aUser(), await aUser()]
    await anEmail(users[0])
    await anEmail(users[1])
    const segment = await row<{ id: number }>(sql`insert into segments (name) values ('Three') returning id`)
    await execute(
      sql`insert into segment_current (segment_id, member_id, from_version) select ${segment!.id}, *, 1 from unnest(${users}::bigint[])`
    )
    const terms: Terms = { class: 'advertising', channelId: await idOf('channel', 'email'), categoryId: null, testCustomers: false }
    assert.deepEqual(await judge({ segmentId: segment!.id, identifierIds: [] }, terms), {
      recipients: 2,
      excluded: { noAddress: 1 },
    } as Judgement)
  })
})

function combinations(of: Record<string, readonly unknown[]>): object[] {
  return Object.entries(of).reduce<object[]>(
    (cases, [name, values]) => cases.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}]
  )
}

/** Rows of a list of channels and categories, as each customer said it in a column of `given`. */
const pairs = (said: Sql) => sql`
  (select id from channels c where c.code = case ${said}
    when 'channel' then 'email' when 'pair' then 'email' when 'onlyThis' then 'email'
    when 'otherChannel' then 'sms' when 'categoryOnOtherChannel' then 'sms' end),
  (select id from unsubscribe_categories c where c.code = case ${said}
    when 'category' then 'news' when 'pair' then 'news' when 'categoryOnOtherChannel' then 'news' when 'onlyThis' then 'news'
    when 'otherCategory' then 'digest' end)`

async function makeAgreeing(customers: Consents[]) {
  await execute(sql`insert into campaigns (code, name) values ('f36', 'Spring')`)
  const given = customers.map((one, n) => ({ n, ...one }))
  await execute(
    sql`with given as (
        select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          as g (n int, agreed boolean, "personalData" boolean, regime text, chosen text, "left" text, participates text)
      ),
      made as (
        insert into users (external_id, communication_agree, personal_data_agree, communication_regime)
        select 'f35' || n, agreed, "personalData", regime from given returning id, external_id
      ),
      people as (select made.id, given.* from given join made on made.external_id = 'f35' || n),
      addressed as (
        insert into user_identifiers (user_id, type, value, confirmed) select id, 'email', 'f35-' || n || '@example.com', true from people
      ),
      chosen as (
        insert into user_subscriptions (user_id, channel_id, category_id, source)
        select id, ${pairs(sql`chosen`)}, 'test' from people where chosen <> 'nothing'
      ),
      left_alone as (
        insert into user_unsubscribes (user_id, channel_id, category_id, source)
        select id, ${pairs(sql`"left"`)}, 'test' from people where "left" <> 'nothing'
      )
      insert into user_campaign_agrees (user_id, campaign_id, value)
      select id, (select id from campaigns where code = 'f36'), participates = 'yes' from people where participates <> 'never'`
  )
}

async function makeCustomers(customers: Case[]) {
  const column = <Value>(of: (one: Case) => Value) => customers.map(of)
  await execute(
    sql`with given as (
        select * from unnest(
          ${customers.map((_, n) => n)}::int[], ${column((one) => one.agreed)}::boolean[],
          ${column((one) => one.personalData)}::boolean[], ${column((one) => one.status)}::text[],
          ${column((one) => one.isTest)}::boolean[], ${column((one) => one.confirmed)}::boolean[],
          ${column((one) => one.active)}::boolean[], ${column((one) => one.deliverable)}::text[],
          ${column((one) => one.stopped)}::boolean[], ${column((one) => one.unsubscribed)}::text[],
          ${column((one) => one.regime)}::text[]
        ) as g (n, agreed, personal_data, status, is_test, confirmed, active, deliverable, stopped, unsubscribed, regime)
      ),
      made as (
        insert into users (external_id, communication_agree, personal_data_agree, status_id, is_test, communication_regime)
        select 'm05' || n, agreed, personal_data, (select id from user_statuses s where s.code = given.status), is_test,
          case when regime = 'except' then 'except' else 'only' end
        from given
        returning id, external_id
      ),
      addressed as (
        insert into user_identifiers (user_id, type, value, confirmed, active, deliverable)
        select made.id, 'email', 'm05-' || n || '@example.com', confirmed, active, deliverable
        from given join made on made.external_id = 'm05' || n
      ),
      stopped as (
        insert into stop_list (type, value) select 'email', 'm05-' || n || '@example.com' from given where stopped
      ),
      chosen as (
        insert into user_subscriptions (user_id, channel_id, category_id, source)
        select made.id, ${pairs(sql`given.regime`)}, 'test'
        from given join made on made.external_id = 'm05' || n where given.regime = 'onlyThis'
      )
      insert into user_unsubscribes (user_id, channel_id, category_id, source)
      select made.id, ${pairs(sql`given.unsubscribed`)}, 'test'
      from given join made on made.external_id = 'm05' || n where given.unsubscribed <> 'no'`
  )
}

/** Customers whom the rules and the oracle judge differently. */
async function difference(terms: Terms, made: { id: number; identifier: number; n: number }[], customers: Case[]) {
  const choice = { segmentId: null, identifierIds: made.map(({ identifier }) => identifier) }
  const answers = await rows<{ user_id: number; reason: string | null }>(judged(choice, terms))
  const reasons = new Map(answers.map(({ user_id, reason }) => [user_id, reason]))
  return made
    .map(({ id, n }) => ({ one: { ...customers[n], class: terms.class, toTest: terms.testCustomers }, reason: reasons.get(id) }))
    .filter(({ one, reason }) => mayGetIt(one) !== (reason === null))
    .slice(0, 5)
}
