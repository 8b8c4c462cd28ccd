import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { test } from '@japa/runner'
import { type Browser, type Page } from 'playwright'
import { row, sql } from '#core/database'
import { emptied } from '#tests/support/emptied'
import { a, aReceipt, aUser, anEmail } from '#tests/support/people'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { tabTo } from '#tests/support/pages/keyboard'
import { Onlooker, type Look } from '#tests/support/pages/onlooker'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

test.group('Without a mouse', (group) => {
  emptied(group)

  test('X-02 a customer is found by a phone, opened and edited', async ({ browser, assert, cleanup }) => {
    const user = await aUser({ surname: 'Звонкова', givenName: 'Анна' })
    await a('identifier', { user, type: 'phone', value: '+79165554433', confirmed: true })
    const { page, onlooker } = await somebody(browser, cleanup)

    /** The answer to the field as it was opened comes while the person types. */
    await page.route(/\/search\?q=$/, async (route) => {
      await new Promise((later) => setTimeout(later, 120))
      await route.continue()
    })
    await page.keyboard.press('Control+KeyK')
    await page.keyboard.type('8 (916) 555-44-33')
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`/users/${user}$`))
    await onlooker.settled()

    await page.keyboard.press('KeyE')
    const given = page.locator('main [name=givenName]')
    await given.waitFor()
    await tabTo(page, given)
    await page.keyboard.press('Control+KeyA')
    await page.keyboard.type('Жанна')
    await page.keyboard.press('Control+KeyS')
    await page.locator('.facts').getByText('Жанна').waitFor()
    assert.equal((await row<{ name: string }>(sql`select given_name as name from users where id = ${user}`))!.name, 'Жанна')
    assert.deepEqual(onlooker.complaints.heard, [])
  }).timeout(60_000)

  test('X-02 a list is reached, searched, walked, filtered and its filter kept', async ({ browser, assert, cleanup }) => {
    for (const name of ['Первая', 'Вторая', 'Третья']) await aUser({ surname: name })
    const { page, onlooker } = await somebody(browser, cleanup)
    await page.keyboard.press('KeyG')
    await page.keyboard.press('KeyU')
    await page.waitForURL(/\/users$/)
    await onlooker.settled()

    await page.keyboard.press('Slash')
    await page.keyboard.type('втор')
    await page.waitForURL(/search=/)
    await onlooker.settled()
    await page.keyboard.press('Tab')
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/users\/\d+$/)
    await page.goBack()
    await onlooker.settled()

    await onlooker.open(`/users?filter=${encodeURIComponent('{"logic":"and","of":[{"field":"surname","operator":"startsWith","value":["Тре"]}]}')}`)
    await tabTo(page, page.getByRole('link', { name: 'Save filter' }))
    await page.keyboard.press('Enter')
    await page.locator('dialog [name=name]:focus').waitFor()
    await page.keyboard.type('Thirds')
    await page.keyboard.press('Enter')
    await page.waitForURL(/folder=/)
    assert.equal((await row<{ count: number }>(sql`select count(*) as count from folders where name = 'Thirds'`))!.count, 1)
    assert.deepEqual(onlooker.complaints.heard, [])
  }).timeout(60_000)

  test('X-02 a segment and a mail are made by keys, and columns and an export are a dialog away', async ({ browser, assert, cleanup }) => {
    await anEmail(await aUser({ surname: 'Адресат' }))
    const { page, onlooker } = await somebody(browser, cleanup)
    await onlooker.open('/segments')
    await page.keyboard.press('KeyN')
    await page.locator('dialog [name=name]:focus').waitFor()
    await page.keyboard.type('Made by keys')
    await page.keyboard.press('Control+KeyS')
    await page.waitForURL(/\/segments\/\d+/)

    await onlooker.open('/communications')
    await page.keyboard.press('KeyN')
    await page.locator('dialog [name=name]:focus').waitFor()
    await page.keyboard.type('Written by keys')
    await tabTo(page, page.locator('dialog [name=senderEmail]'))
    await page.keyboard.type('shop@example.com')
    await tabTo(page, page.locator('dialog [name=subject]'))
    await page.keyboard.type('Good day')
    await page.keyboard.press('Control+KeyS')
    await page.waitForURL(/\/communications\/\d+/)

    for (const [place, path] of [['Columns', '/columns/users'], ['Export', '/exports/users']]) {
      await onlooker.open('/users')
      await tabTo(page, page.locator(`main a[href^="${path}"]`).first())
      await page.keyboard.press('Enter')
      await page.locator('dialog[open]').waitFor()
      await page.keyboard.press('Escape')
      await page.locator('dialog[open]').waitFor({ state: 'detached' })
      assert.isTrue(await page.evaluate((start) => (globalThis as any).document.activeElement.getAttribute('href')?.startsWith(start), path), place)
    }
    assert.deepEqual(onlooker.complaints.heard, [])
  }).timeout(90_000)

  test('X-02 a filter is built by keys and becomes a segment', async ({ browser, assert, cleanup }) => {
    await aUser({ surname: 'Ключева' })
    const { page, onlooker } = await somebody(browser, cleanup)
    await onlooker.open('/users')
    await tabTo(page, page.locator('#filter-shows'))
    await page.keyboard.press('Enter')
    await tabTo(page, page.locator('button[value="addCondition "]'))
    await pressed(page, 'Enter')
    await pick(page, 'Surname')
    await tabTo(page, page.locator('#filter-0-operator'))
    await pick(page, 'contains')
    await tabTo(page, page.locator('#filter-0-value'))
    await page.keyboard.type('ключ')
    await tabTo(page, page.locator('button.btn-primary[value=apply]'))
    await page.keyboard.press('Enter')
    await page.waitForURL(/filter=/)
    await onlooker.settled()

    const button = page.getByRole('link', { name: 'Create segment' })
    await tabTo(page, button)
    await page.keyboard.press('Enter')
    await page.locator('dialog [name=name]:focus').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    assert.isTrue(await button.evaluate((link) => link === (globalThis as any).document.activeElement))
    await page.keyboard.press('Enter')
    await page.locator('dialog [name=name]:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('dialog [aria-invalid=true]').waitFor()
    await tabTo(page, page.locator('dialog [name=name]'))
    await page.keyboard.type('By keys')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/segments\/\d+/)
    const segment = await row<{ filter: unknown }>(sql`select filter from segments where name = 'By keys'`)
    assert.deepEqual(segment!.filter, { logic: 'and', of: [{ field: 'surname', operator: 'contains', value: ['ключ'] }] })
    assert.deepEqual(onlooker.complaints.heard, [])
  }).timeout(60_000)

  test('X-02 columns are put in order, a list is exported and a test mail is sent by keys', async ({ browser, assert, cleanup }) => {
    await aUser({ surname: 'Ключева' })
    const mail = await a('communication', { name: 'By keys', subject: 'Good day', senderEmail: 'shop@example.com', body: '<p>Hello</p>', markup: 'html' })
    const { page, onlooker } = await somebody(browser, cleanup)
    await onlooker.open('/users')
    await tabTo(page, page.locator('main a[href^="/columns/users"]'))
    await page.keyboard.press('Enter')
    await page.locator('dialog[open]').waitFor()
    const option = (name: string) => page.locator('dialog .column-option').filter({ has: page.locator(`[value="${name}"]`) })
    await tabTo(page, page.locator('dialog [data-columns-search]'))
    await page.keyboard.type('mid')
    await tabTo(page, option('middleName').getByRole('checkbox'))
    await page.keyboard.press('Space')
    await tabTo(page, page.locator('dialog [data-columns-search]'), 'Shift+Tab')
    await page.keyboard.press('Control+KeyA')
    await page.keyboard.press('Delete')
    await tabTo(page, option('givenName').locator('[data-column-up]'))
    await page.keyboard.press('Enter')
    await tabTo(page, page.locator('dialog button.btn-primary'))
    await page.keyboard.press('Enter')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    await onlooker.settled()
    const heads = (await page.locator('#rows thead th').allInnerTexts()).map((text) => text.trim())
    assert.notInclude(heads, 'Middle name')
    assert.equal(heads.indexOf('Surname'), heads.indexOf('Given name') + 1)

    await tabTo(page, page.locator('main a[href^="/exports/users"]'))
    await page.keyboard.press('Enter')
    await page.locator('dialog[open]').waitFor()
    await tabTo(page, page.locator('dialog [name=format]:checked'))
    await page.keyboard.press('ArrowDown')
    await tabTo(page, page.locator('dialog [name=reason]'))
    await page.keyboard.type('For the auditor')
    await tabTo(page, page.locator('dialog button.btn-primary'))
    await page.keyboard.press('Enter')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    assert.deepEqual(await row(sql`select view->>'format' as format, reason from exports`), { format: 'xlsx', reason: 'For the auditor' })

    await onlooker.open(`/communications/${mail}/content`)
    await tabTo(page, page.locator('[data-test-mail] button'))
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'A test mail is on its way' }).waitFor()
    await tabTo(page, page.locator('#mail button[type=submit]').last())
    assert.deepEqual(onlooker.complaints.heard, [])
  }).timeout(60_000)

  test('letters are keys only where nothing is typed, on a Russian layout too, and can be turned off', async ({ browser, assert, cleanup }) => {
    const { page, onlooker } = await somebody(browser, cleanup)
    await onlooker.open('/users')
    await page.keyboard.press('Slash')
    await page.keyboard.type('gun?')
    assert.equal(await page.locator('main [name=search]').inputValue(), 'gun?')
    assert.equal(await page.locator('dialog[open]').count(), 0)

    await onlooker.open('/users')
    /** The key that says `n` in English says `т` in Russian. */
    await page.evaluate(() => {
      const { dispatchEvent, KeyboardEvent } = globalThis as any
      dispatchEvent.call(globalThis, new KeyboardEvent('keydown', { key: 'т', code: 'KeyN', bubbles: true }))
    })
    await page.locator('dialog[open] [name=surname]').waitFor()
    await page.keyboard.press('Escape')

    await page.keyboard.press('Shift+Slash')
    const sheet = page.locator('#keys[open]')
    await sheet.getByText('Create', { exact: true }).waitFor()
    assert.equal(await sheet.getByText('Next page').count(), 0)
    await tabTo(page, sheet.getByRole('button', { name: 'Turn them off' }))
    await page.keyboard.press('Enter')
    await onlooker.settled()

    await page.keyboard.press('KeyN')
    await page.keyboard.press('Shift+Slash')
    assert.equal(await page.locator('dialog[open]').count(), 0)
    await page.keyboard.press('Control+KeyK')
    await page.locator('#palette[open]').waitFor()
    assert.deepEqual(onlooker.complaints.heard, [])
  }).timeout(60_000)

  for (const look of [{ width: 1440, theme: 'dark' }, { width: 390, theme: 'light' }] as Look[]) {
    test(`X-01 the start page and the search keep nobody out at ${look.width} px, ${look.theme}`, async ({ browser, assert, cleanup }) => {
      const user = await aUser({ surname: 'Графова' })
      await aReceipt(user, { issuedAt: new Date() })
      const { page, onlooker } = await somebody(browser, cleanup, look)
      await page.locator('canvas').first().waitFor()
      await onlooker.shoot(`home-${look.width}`)
      assert.deepEqual(await barriersOn(onlooker), [])
      assert.isFalse(await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1'))

      await page.keyboard.press('Control+KeyK')
      await page.keyboard.type('граф')
      await page.locator('#palette [role=option] mark').first().waitFor()
      const chosen = await page.locator('#palette [aria-selected=true]').getAttribute('id')
      assert.equal(await page.locator('#palette [role=combobox]').getAttribute('aria-activedescendant'), chosen)
      assert.deepEqual(await barriersOn(onlooker), [])
      assert.deepEqual(onlooker.complaints.heard, [])
    }).timeout(60_000)
  }
})

interface Violation {
  id: string
  impact: string
  nodes: { html: string }[]
}

/** The builder comes back, with the focus where the person goes on. */
async function pressed(page: Page, key: string) {
  const answer = page.waitForResponse((response) => /\/filters\/users$/.test(response.url()))
  await page.keyboard.press(key)
  await answer
  await page.waitForTimeout(250)
}

/** Searches in the list that has the focus, and takes what is found first. */
async function pick(page: Page, words: string) {
  await page.keyboard.type(words, { delay: 20 })
  await pressed(page, 'Enter')
}

/** A marketer who signed in by keys alone. */
async function somebody(browser: Browser, cleanup: (leave: () => Promise<void>) => void, look?: Look) {
  const onlooker = await Onlooker.at(browser, look)
  cleanup(() => onlooker.leave())
  const { page } = onlooker
  const { email } = await aMemberOfStaff()
  await page.goto('/login')
  await page.keyboard.type(email)
  await tabTo(page, page.locator('#password'))
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/login')
  await onlooker.settled()
  return { page, onlooker }
}

/** What axe itself does is refused by the policy of the page, and no complaint about it. */
async function barriersOn({ page, complaints }: Onlooker): Promise<string[]> {
  const before = complaints.heard.length
  await page.evaluate(axe)
  const found = (await page.evaluate(`axe.run(document, { preload: false }).then(({ violations }) => violations)`)) as Violation[]
  complaints.heard.length = before
  return found.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`)
}
