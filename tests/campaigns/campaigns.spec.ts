import { test } from '@japa/runner'
import { execute, row, sql, transaction } from '#core/database'
import { edit, objects, remove, type Values } from '#core/objects'
import { a, aUser, idOf, nobody } from '#tests/support/people'
import { refused } from '#tests/support/refused'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const aCampaign = (values: Values = {}) => a('campaign', { name: 'Cashback in May', code: 'may', ...values })
const set = (id: number, values: Values) => transaction((trx) => edit(objects.get('campaign'), id, values, nobody, trx))

test.group('Campaigns', (group) => {
  rolledBack(group)

  test('two campaigns have two codes, and a code goes into an address', async ({ assert }) => {
    await aCampaign()
    assert.deepEqual(await refused(aCampaign()), ['code: taken'])
    assert.deepEqual(await refused(aCampaign({ code: 'два слова' })), ['code: campaignCode'])
  })

  test('a campaign ends after it starts, also when one of the two moves', async ({ assert }) => {
    const start = new Date('2026-05-01T00:00:00Z')
    assert.deepEqual(await refused(aCampaign({ startsAt: start, endsAt: start })), ['endsAt: endsBeforeStart'])
    const campaign = await aCampaign({ startsAt: start })
    assert.deepEqual(await refused(set(campaign, { endsAt: new Date('2026-04-30T00:00:00Z') })), ['endsAt: endsBeforeStart'])
    assert.isUndefined(await refused(set(campaign, { endsAt: new Date('2026-05-02T00:00:00Z') })))
  })

  test('a campaign asks for a phone or an email at least', async ({ assert }) => {
    const campaign = await aCampaign({ needsPhone: false })
    assert.deepEqual(await refused(set(campaign, { needsEmail: false })), ['needsEmail: noContact'])
  })

  test('F27 of one contact that is asked for that one is the main one, of two the chosen one', async ({ assert }) => {
    const campaign = await aCampaign({ mainContact: 'email' })
    const main = async () => (await row<{ main: string }>(sql`select main_contact as main from campaigns where id = ${campaign}`))!.main
    assert.equal(await main(), 'email')
    await set(campaign, { needsEmail: false })
    assert.equal(await main(), 'phone')
    assert.deepEqual(await refused(set(campaign, { mainContact: 'email' })), ['mainContact: mainContactNotAsked'])
    await set(campaign, { needsEmail: true, needsPhone: false, mainContact: 'phone' })
    assert.equal(await main(), 'email')
    await assert.rejects(() => set(campaign, { needsPhone: true, needsEmail: false }).then(() => execute(sql`update campaigns set main_contact = 'email' where id = ${campaign}`)), /campaigns_main_contact_is_asked/)
  })

  test('a campaign that a source leads into is not deleted', async ({ assert }) => {
    const campaign = await aCampaign()
    const source = await idOf('source', 'site')
    await transaction((trx) => edit(objects.get('source'), source, { campaign }, nobody, trx))
    await assert.rejects(() => transaction((trx) => remove(objects.get('campaign'), campaign, nobody, trx)), 'KeptByOthers')
  })
  test('F67 the card leads from a new campaign to its first participant, and then no more', async ({ assert }) => {
    const marketer = new Visitor()
    await marketer.signIn((await aMemberOfStaff({ role: 'marketer' })).email)
    const campaign = await aCampaign()
    const panel = () => marketer.get(`/campaigns/${campaign}/panels/launch`)
    const way = async () => (await panel()).words
    assert.include(await way(), '1 of 4')
    const source = await idOf('source', 'site')
    await execute(sql`update sources set campaign_id = ${campaign}, front_end = false, key_hash = null where id = ${source}`)
    assert.include(await way(), '2 of 4')
    await execute(sql`update sources set front_end = true where id = ${source}`)
    assert.match(await way(), new RegExp(`3 of 4[^]*href="/sources/${source}"`))
    await execute(sql`insert into user_campaign_agrees (user_id, campaign_id, value) values (${await aUser()}, ${campaign}, true)`)
    assert.notInclude(await way(), 'of 4')
    /** An answer without content (204) would leave the place as if it were loading for ever. */
    assert.equal((await panel()).status, 200)
  })
})
