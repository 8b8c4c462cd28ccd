import { test } from '@japa/runner'
import { type Browser, type Page } from 'playwright'
import { execute, identifier, row, sql, transaction } from '#core/database'
import { create, objects, type Values } from '#core/objects'
import { emptied } from '#tests/support/emptied'
import { aMemberOfStaff } from '#tests/support/staff'
import { Onlooker } from '#tests/support/pages/onlooker'
import { payloads } from './payloads.js'

const nobody = { staffId: null }
const TABS = 3

test.group('What people type, in a browser', (group) => {
  emptied(group)

  test('F-06 sixty scripts in every text field run nowhere', async ({ browser, assert }) => {
    assert.equal(payloads.length, 60)
    const boss = await aMemberOfStaff({ role: 'administrator', name: payloads[0], locale: 'en' })
    await plant(boss.id)

    const { onlooker, ran } = await listening(browser)
    await onlooker.signIn(boss)
    const addresses = await menuOf(onlooker.page)
    const lists = addresses.flatMap((address) => [`${address}?size=100`, `${address}?size=100&search=script`])
    const visited = await crawl(onlooker, [...addresses, ...lists, ...(await cards())])

    await onlooker.leave()
    assert.isAbove(visited, 100)
    assert.deepEqual(ran, [])
    assert.deepEqual(onlooker.complaints.dialogs, [])
    assert.deepEqual(onlooker.complaints.heard, [])
  }).timeout(400_000)
})

async function listening(browser: Browser) {
  const onlooker = await Onlooker.at(browser)
  const ran: string[] = []
  await onlooker.context.exposeBinding('ran', ({ page }) => ran.push(page.url()))
  return { onlooker, ran }
}

/** Each payload in every text field of a row of every object that people write. */
async function plant(staffId: number) {
  for (const [index, payload] of payloads.entries()) {
    const user = await a('user', textsOf('user', payload, index))
    await a('identifier', { user, type: 'plate', value: `${payload}${index}` })
    const category = await a('category', textsOf('category', payload, index))
    await a('good', { ...textsOf('good', payload, index), category })
    const outlet = await a('outlet', textsOf('outlet', payload, index))
    await a('receipt', { ...textsOf('receipt', payload, index), user, outlet, issuedAt: new Date(), total: 100 })
    await a('stop_list_entry', { type: 'plate', value: `${payload}${index}`, reason: payload })
    await a('segment', { name: payload.slice(0, 200), object: 'user' })
    if (objects.has('communication')) await a('communication', textsOf('communication', payload, index))
    await execute(
      sql`insert into folders (staff_id, object, name, filter, shared)
        values (${staffId}, 'user', ${payload.slice(0, 100)}, '{"logic":"and","of":[]}', true)`
    )
    await execute(
      sql`insert into imports (name, object, settings, staff_id, state, finished_at)
        values (${payload}, 'user', ${JSON.stringify(importSettings(payload))}::jsonb, ${staffId}, 'draft', now())`
    )
  }
}

/** A file whose name, columns and template are hostile. */
const importSettings = (payload: string) => ({
  columns: [payload, 'id'],
  fields: { surname: { column: payload }, externalId: { template: payload } },
  match: 'externalId', mode: 'upsert', empty: 'keep',
  delimiter: ',', encoding: 'utf-8', locale: 'en', timezone: 'UTC', currency: 'RUB',
})

const a = (object: string, values: Values) => transaction((trx) => create(objects.get(object), values, nobody, trx))

/** Codes and numbers must differ; the payload stays whole in front. */
function textsOf(name: string, payload: string, index: number): Values {
  const fields = [...objects.get(name).fields.values()].filter(
    (field) => field.type.name === 'text' && !field.readonly && !field.secret && field.format !== 'email' && field.name !== 'link'
  )
  const unique = ['code', 'externalId', 'number']
  return Object.fromEntries(
    fields.map((field) => [field.name, (unique.includes(field.name) ? `${payload}${index}` : payload).slice(0, field.max)])
  )
}

async function menuOf(page: Page): Promise<string[]> {
  const links = await page.locator('nav a[href^="/"]').evaluateAll((found) => found.map((link) => link.getAttribute('href')!))
  return [...new Set(links)].filter((path) => !path.includes('sign-out'))
}

/** Every card of a customer; of the other sections one in six. */
async function cards(): Promise<string[]> {
  const found: string[] = []
  for (const object of objects.all().filter(({ path, small }) => path && !small)) {
    const counted = await row<{ last: number }>(sql`select coalesce(max(id), 0)::int as last from ${identifier(object.table)}`)
    const step = object.name === 'user' ? 1 : 6
    for (let id = 1; id <= Math.min(counted!.last, payloads.length); id += step) found.push(`/${object.path}/${id}`)
  }
  return found
}

/** Opens every address in a few tabs at once; answers how many there were. */
async function crawl(onlooker: Onlooker, addresses: string[]): Promise<number> {
  const waiting = [...new Set(addresses)]
  const total = waiting.length
  await Promise.all(
    Array.from({ length: TABS }, async () => {
      const page = await onlooker.context.newPage()
      for (let address = waiting.pop(); address; address = waiting.pop()) {
        await page.goto(address)
        await onlooker.settled(page)
      }
      await page.close()
    })
  )
  return total
}
