import { test } from '@japa/runner'
import { type Page } from 'playwright'
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
    const staff = await aMemberOfStaff({ role: 'administrator' })
    const page = await browserContext.newPage()
    const problems: string[] = []
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))

    await page.goto('/login')
    await page.fill('[name=email]', staff.email)
    await page.fill('[name=password]', PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname !== '/login')

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
})
