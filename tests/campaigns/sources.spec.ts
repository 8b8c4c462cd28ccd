import { test } from '@japa/runner'
import { row, rows, sql, transaction } from '#core/database'
import { edit, objects, type Values } from '#core/objects'
import { a, idOf, nobody } from '#tests/support/people'
import { refused } from '#tests/support/refused'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { outdateSources, sourceByCode } from '../../app/campaigns/sources/source_by_code.js'

const set = (id: number, values: Values) => transaction((trx) => edit(objects.get('source'), id, values, nobody, trx))
const sitesOf = async (id: number) => (await row<{ sites: string }>(sql`select sites from sources where id = ${id}`))!.sites

test.group('Sources', (group) => {
  rolledBack(group)
  group.each.teardown(() => outdateSources())

  test('a code goes into an address, and means nothing else there', async ({ assert }) => {
    for (const code of ['objects', 'Ping', 'openapi']) assert.deepEqual(await refused(a('source', { code, nameEn: 'X' })), ['code: reservedCode'])
    assert.deepEqual(await refused(a('source', { code: 'a/b', nameEn: 'X' })), ['code: sourceCode'])
  })

  test('sites are kept as browsers say them', async ({ assert }) => {
    const site = await idOf('source', 'site')
    await set(site, { sites: 'https://Shop.example/  https://shop.example, http://localhost:3000' })
    assert.equal(await sitesOf(site), 'https://shop.example, http://localhost:3000')
    await set(site, { sites: 'https://shop.example:443' })
    assert.equal(await sitesOf(site), 'https://shop.example')
  })

  for (const site of ['http://shop.example', 'shop.example', 'https://shop.example/path', 'https://u:p@shop.example', 'javascript:alert(1)', '*', 'null']) {
    test(`${site} is no site`, async ({ assert }) => {
      assert.deepEqual(await refused(set(await idOf('source', 'site'), { sites: site })), ['sites: site'])
    })
  }

  test('S-07 a key is shown once and kept as a hash; another one lets the former go on, and a revoked one opens nothing', async ({ client, assert }) => {
    const administrator = await aMemberOfStaff({ role: 'administrator' })
    const till = await idOf('source', 'till')
    const press = (path: string, form = {}) => client.post(`/sources/${till}/${path}`).form(form).loginAs(administrator).withCsrfToken().redirects(0)
    const shownIn = (html: string) => /tss_\d+_[0-9A-Za-z]{49}/.exec(html)?.[0] ?? ''
    const opens = async (key: string) => (await sourceByCode('till'))!.opens(key)

    const before = async () => (await client.get(`/sources/${till}/key`).loginAs(administrator)).text()
    assert.notInclude(await before(), 'name="overlap"')
    const first = shownIn((await press('key')).text())
    assert.isTrue(await opens(first))
    assert.isFalse(await opens(`${first}x`))
    const kept = JSON.stringify(await rows(sql`select * from sources where id = ${till}`))
    assert.notInclude(kept, first)

    assert.include(await before(), 'name="overlap"')
    const second = shownIn((await press('key', { overlap: '24' })).text())
    assert.isTrue((await opens(first)) && (await opens(second)))
    const third = shownIn((await press('key', { overlap: '0' })).text())
    assert.deepEqual([await opens(first), await opens(second), await opens(third)], [false, false, true])

    await press('key/revocation')
    assert.deepEqual([await opens(second), await opens(third)], [false, false])
    const told = await rows<{ action: string }>(sql`select action from audit_log where object = 'source' and record_id = ${till} order by id`)
    assert.deepEqual(told.map(({ action }) => action), ['giveSourceKey', 'giveSourceKey', 'giveSourceKey', 'revokeSourceKey'])
    const card = await client.get(`/sources/${till}`).loginAs(administrator)
    assert.notInclude(card.text(), third)
  })

  test('a source that is switched off or deleted does not answer', async ({ assert }) => {
    assert.isDefined(await sourceByCode('site'))
    await set(await idOf('source', 'site'), { active: false })
    assert.isUndefined(await sourceByCode('site'))
  })
})
