import { test } from '@japa/runner'
import { type BrowserContext, type Page } from 'playwright'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'

/** Opens a list by a press, searches in it, and takes what is found first. */
async function choose(page: Page, id: string, words: string) {
  const answer = page.waitForResponse((response) => /\/filters\/\w+$/.test(response.url()), { timeout: 4000 })
  const opened = page.locator(`#${id} + .ts-wrapper.dropdown-active`)
  if (!(await opened.count())) await page.locator(`#${id}`).click()
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
  await answer
  await page.waitForTimeout(150)
}

test.group('The filter builder in a browser', () => {
  test('builds a nested filter by hand and applies it', async ({ browserContext, assert }) => {
    const page = await signedIn(browserContext)
    const problems: string[] = []
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))

    await page.goto('/users')
    await page.click('[data-shows=filter]')
    await page.click('button[value="addCondition"], button[value="addCondition "]')
    await page.waitForSelector('#filter-0-subject', { state: 'attached' })
    await page.waitForTimeout(200)
    await choose(page, 'filter-0-subject', 'Surname')
    await choose(page, 'filter-0-operator', 'contains')
    await page.fill('#filter-0-value', 'ёлк')
    await page.keyboard.press('Tab')
    await page.waitForSelector('.builder-summary >> text=Surname contains “ёлк”')
    await page.screenshot({ path: 'artefacts/filter_builder_1.png', fullPage: true })

    await page.click('button[value="addCondition "]')
    await page.waitForSelector('#filter-1-subject', { state: 'attached' })
    await page.waitForTimeout(200)
    await choose(page, 'filter-1-subject', 'Receipts › Total')
    await page.waitForSelector('#filter-1-0-subject', { state: 'attached' })
    await page.fill('#filter-1-0-value', '1000')
    await page.click('button[value="logic "]')
    await page.waitForSelector('.builder-summary >> text=or there are')
    await page.screenshot({ path: 'artefacts/filter_builder_2.png', fullPage: true })

    await page.click('button.btn-primary[value=apply]')
    await page.waitForURL((url) => url.searchParams.has('filter'))
    const filter = JSON.parse(new URL(page.url()).searchParams.get('filter')!)
    assert.equal(filter.logic, 'or')
    assert.deepEqual(filter.of[1].where.of[0].value, ['1000'])
    assert.deepEqual(problems, [])
    await page.screenshot({ path: 'artefacts/filter_builder_3.png', fullPage: true })
  })

  test('X-02 builds, moves, copies and applies without a mouse', async ({ browserContext, assert }) => {
    const page = await signedIn(browserContext)
    await page.goto('/users')
    await tabTo(page, '#filter-shows')
    await page.keyboard.press('Enter')
    await page.locator('button[value="addCondition "]').waitFor()
    await tabTo(page, 'button[value="addCondition "]')
    await pressed(page, 'Enter')
    await typed(page, 'Surname')
    await tabTo(page, '#filter-0-operator')
    await typed(page, 'contains')
    await page.keyboard.type('ова')

    await tabTo(page, 'button[value="copy 0"]')
    await pressed(page, 'Enter')
    assert.equal(await focused(page), 'copy 1')
    await tabTo(page, 'button[value="wrap 1"]')
    await pressed(page, 'Enter')
    assert.equal(await focused(page), 'addCondition 1')
    await tabTo(page, 'button[value="down 0"]', 'Shift+Tab')
    await pressed(page, 'Enter')
    assert.equal(await focused(page), 'down 0.0')
    await tabTo(page, 'button[value="remove 0.0"]')
    await pressed(page, 'Enter')
    assert.equal(await focused(page), 'remove 0.0')
    await tabTo(page, 'button.btn-primary[value=apply]')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.has('filter'))
    const filter = JSON.parse(new URL(page.url()).searchParams.get('filter')!)
    assert.deepEqual(filter, { logic: 'and', of: [{ logic: 'or', of: [{ field: 'surname', operator: 'contains', value: ['ова'] }] }] })
  })
})

/** Goes on until the focus is there, as somebody does who has no mouse; a trap would hold them. */
async function tabTo(page: Page, selector: string, key = 'Tab') {
  for (let steps = 0; steps < 90; steps++) {
    if (await page.locator(`${selector}:focus`).count()) return
    await page.keyboard.press(key)
  }
  throw new Error(`The focus never came to ${selector}`)
}

/** The builder comes back, with the focus where the person goes on. */
async function pressed(page: Page, key: string) {
  const answer = page.waitForResponse((response) => /\/filters\/users$/.test(response.url()))
  await page.keyboard.press(key)
  await answer
  await page.waitForTimeout(250)
}

/** Opens the list in focus by its first letter, searches, and takes what is found first. */
async function typed(page: Page, words: string) {
  await page.keyboard.type(words, { delay: 20 })
  await pressed(page, 'Enter')
}

const focused = (page: Page) => page.locator(':focus').getAttribute('value')

async function signedIn(browserContext: BrowserContext) {
  const staff = await aMemberOfStaff({ role: 'administrator' })
  const page = await browserContext.newPage()
  await page.goto('/login')
  await page.fill('[name=email]', staff.email)
  await page.fill('[name=password]', PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/login')
  return page
}
