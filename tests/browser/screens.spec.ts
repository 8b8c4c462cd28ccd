import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'
import { test } from '@japa/runner'
import { execute, row, sql } from '#core/database'
import { aMemberOfStaff } from '#tests/support/staff'
import { shelves, withLibrary } from '../core/screens/support/library.js'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const home = `http://${process.env.HOST}:${process.env.PORT}`

test.group('Screens in a browser', (group) => {
  withLibrary(group)

  let page: Page
  let complaints: string[]
  group.each.setup(async ({ context: { browserContext } }) => {
    await shelves(45)
    await browserContext.loginAs(await aMemberOfStaff({ role: 'marketer' }))
    page = await browserContext.newPage()
    complaints = complaintsOf(page)
  })

  test('X-04 a list is sorted and paged without loading the page, and Back goes back', async ({ assert }) => {
    await page.goto(`${home}/test-shelves`)
    await page.evaluate(() => Object.assign(globalThis, { stayed: true }))
    await page.locator('th', { hasText: 'Name' }).getByRole('link').click()
    await page.waitForSelector('th[aria-sort=ascending]')
    await page.click('#next-page')
    await page.waitForSelector('#page-number[value="2"]')
    await page.goBack()
    await page.waitForSelector('#page-number[value="1"]')
    assert.isTrue(await page.evaluate(() => 'stayed' in globalThis))
    assert.include(page.url(), 'sort=name')
    await page.locator('#total').filter({ hasText: '45' }).waitFor()
    assert.isEmpty(complaints)
  })

  test('X-02 a shelf is made, opened and changed by the keyboard alone', async ({ assert }) => {
    await page.goto(`${home}/test-shelves`)
    await page.focus('main a[href="/test-shelves/create"]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog[open]')
    assert.equal(await page.evaluate(() => (globalThis as any).document.activeElement.name), 'name')

    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog [name=name][aria-invalid=true]')
    await page.keyboard.type('Ясень')
    await page.keyboard.press('Enter')
    await page.waitForURL(/test-shelves\/\d+$/)

    await page.focus('[id$="-price"] [data-edit-fact]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[name=price]:focus')
    await page.keyboard.type('12,5')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=₽12.50')
    assert.isEmpty(complaints)
  })

  test('a row opens its card wherever it is clicked, and its detail grows', async ({ assert }) => {
    await execute(sql`insert into test_books (shelf_id, name) select min(id), 'Том' from test_shelves`)
    await page.goto(`${home}/test-shelves`)
    await page.click('tbody tr:first-child td:nth-child(3)')
    await page.waitForURL(/test-shelves\/\d+$/)
    await page.click('.detail a:has-text("Add")')
    await page.fill('dialog [name=name]', 'Том второй')
    await page.click('dialog [type=submit]')
    await page.waitForSelector('.detail >> text=Том второй')
    await page.waitForSelector('.toast')
    assert.isEmpty(complaints)
  })

  test('what is typed is not lost without a question', async ({ assert }) => {
    await page.goto(`${home}/test-shelves`)
    await page.click('main a[href="/test-shelves/create"]')
    await page.locator('dialog [name=name]').pressSequentially('Кедр')
    const asked = page.waitForEvent('dialog')
    await Promise.all([asked.then((dialog) => dialog.dismiss()), page.keyboard.press('Escape')])
    assert.equal(await page.inputValue('dialog [name=name]'), 'Кедр')
  })

  for (const width of [1280, 390]) {
    test(`X-01 the screens hide nothing from anybody at ${width} px, light and dark`, async ({ assert }) => {
      await execute(sql`insert into test_books (shelf_id, name) select id, 'Том' from test_shelves`)
      await page.setViewportSize({ width, height: 860 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        for (const path of ['/test-shelves', '/test-shelves?page=7', '/test-books', '/test-shelves/1', '/test-shelves/create']) {
          await page.goto(home + path.replace('/1', `/${await anyShelf()}`))
          assert.isEmpty(await hindrances(page), `${path} ${colorScheme}`)
          assert.isFalse(await isTooWide(page), `${path} is too wide`)
        }
      }
    })
  }
})

async function anyShelf() {
  return (await row<{ id: number }>(sql`select min(id) as id from test_shelves`))!.id
}

/** A refused form answers 422, which browsers report like a failure. */
function complaintsOf(page: Page) {
  const told: string[] = []
  page.on('pageerror', (error) => told.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('422')) told.push(message.text())
  })
  return told
}

const isTooWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth > innerWidth + 1')

/** Barriers that axe calls serious or critical. Evaluated past the page's CSP, which forbids foreign scripts. */
async function hindrances(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as any).axe.run()
    return violations
      .filter(({ impact }: any) => ['serious', 'critical'].includes(impact))
      .map(({ id, nodes }: any) => `${id}: ${nodes[0].html.slice(0, 120)}`)
  })
}
