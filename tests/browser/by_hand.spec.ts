import { test } from '@japa/runner'
import { type Page } from 'playwright'
import app from '@adonisjs/core/services/app'
import { emptied } from '#tests/support/emptied'
import { working } from '#tests/support/working'
import { aMemberOfStaff } from '#tests/support/staff'
import { Onlooker } from '#tests/support/pages/onlooker'
import { choose } from '#tests/support/pages/choose'

const fileOf = (name: string) => app.makePath('tests/browser/data', name)

const letter = `<mjml><mj-body><mj-section><mj-column>
  <mj-text>Good day, {GivenName}! {{ User.ReceiptsCount }} receipts so far.</mj-text>
  <mj-button href="https://shop.example/sale">To the sale</mj-button>
  <mj-text><a href="https://shop.example/recipes">Recipes</a></mj-text>
  <mj-text><a href="{{ UnsubscribeLink }}">Unsubscribe</a></mj-text>
</mj-column></mj-section></mj-body></mjml>`

/** The path of a working day, from a file of customers to the figures of a mailing, by clicking and typing alone. */
test.group('A day of a marketer', (group) => {
  emptied(group)
  working(group)

  test('imports customers and purchases, finds, segments, writes, sends and measures', async ({ browser, assert, cleanup }) => {
    const onlooker = await Onlooker.at(browser)
    cleanup(() => onlooker.leave())
    const { page } = onlooker
    const marketer = await aMemberOfStaff({ role: 'marketer', locale: 'en', email: 'marketer@example.com' })

    await onlooker.signIn(marketer)
    await importCustomers(onlooker)
    await importReceipts(onlooker)
    await seeThem(onlooker)
    const people = await filterByClicking(onlooker)
    assert.equal(people, 4)

    await makeSegment(onlooker)
    await writeMail(onlooker)
    await sendIt(onlooker)
    await readIt(onlooker)
    await watchFigures(onlooker)

    assert.deepEqual(onlooker.complaints.heard, [])
    assert.notInclude(page.url(), 'login')
  }).timeout(240_000)
})

async function importCustomers(onlooker: Onlooker) {
  const { page } = onlooker
  await onlooker.open('/users')
  await onlooker.shoot('by-hand/01-no-customers-yet')
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await page.locator('#file').setInputFiles(fileOf('customers.csv'))
  await page.getByRole('button', { name: /upload/i }).click()
  await page.waitForURL(/\/imports\/\d+\/mapping/)

  await map(page, 'externalId', { column: 'number' })
  await map(page, 'surname', { column: 'surname' })
  await map(page, 'givenName', { column: 'name' })
  await map(page, 'middleName', { column: 'patronymic' })
  await map(page, 'birthDate', { column: 'born' })
  await map(page, 'email', { template: '{{ mail }}@example.com' })
  await map(page, 'emailConfirmed', { template: '{{ 1 }}' })
  await map(page, 'personalDataAgree', { template: '{{ 1 }}' })
  await map(page, 'communicationAgree', { column: 'agrees' })
  await page.locator('#match').selectOption('externalId')
  await onlooker.shoot('by-hand/02-mapping')

  await page.locator('[formaction$="/trials"]').click()
  await page.locator('#trial td').first().waitFor({ timeout: 30_000 })
  await onlooker.shoot('by-hand/03-trial')
  await page.locator('[formaction$="/start"]').click()
  await page.waitForURL(/\/imports\/\d+(\?|$)/)
  await page.getByText('9', { exact: false }).first().waitFor()
  await onlooker.settled()
  await onlooker.shoot('by-hand/04-imported')
}

async function importReceipts(onlooker: Onlooker) {
  const { page } = onlooker
  await onlooker.open('/imports/create?object=receipt')
  await page.locator('#file').setInputFiles(fileOf('receipts.csv'))
  await page.getByRole('button', { name: /upload/i }).click()
  await page.waitForURL(/\/imports\/\d+\/mapping/)
  await map(page, 'number', { column: 'receipt' })
  await map(page, 'user', { column: 'customer' })
  await map(page, 'issuedAt', { column: 'bought at' })
  await map(page, 'total', { column: 'paid' })
  await page.locator('#match').selectOption('user+number')
  await page.locator('[formaction$="/start"]').click()
  await page.waitForURL(/\/imports\/\d+(\?|$)/)
  await page.locator('a[href$="/rejects"]').first().waitFor({ timeout: 30_000 })
  await onlooker.shoot('by-hand/05-one-receipt-refused')
}

async function map(page: Page, field: string, { column, template }: { column?: string; template?: string }) {
  await page.locator(`[name="fields[${field}][column]"]`).selectOption(column ?? '')
  await page.locator(`[name="fields[${field}][template]"]`).fill(template ?? '')
}

async function seeThem(onlooker: Onlooker) {
  const { page } = onlooker
  await onlooker.open('/users')
  await page.locator('#total').filter({ hasText: '9' }).waitFor()
  await onlooker.shoot('by-hand/06-customers')
  await page.locator('tr', { hasText: 'Мария' }).locator('td').nth(4).click()
  await page.waitForURL(/\/users\/\d+$/)
  await onlooker.settled()
  await page.locator('.facts').getByText('€1,780.40').or(page.locator('.facts').getByText(/1,780\.40/)).first().waitFor()
  await onlooker.shoot('by-hand/07-card')
}

/** Customers with two receipts and more, built by clicking; answers how many there are. */
async function filterByClicking(onlooker: Onlooker) {
  const { page } = onlooker
  await onlooker.open('/users')
  await page.getByRole('button', { name: 'Show filter' }).click()
  await build(onlooker)
  await onlooker.shoot('by-hand/08-filter')
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.waitForURL(/filter=/)
  await onlooker.settled()
  await onlooker.shoot('by-hand/09-filtered')

  await page.getByRole('link', { name: 'Save filter' }).click()
  await page.locator('dialog [name=name]').fill('Come back to us')
  await page.locator('dialog').getByRole('button', { name: 'Done' }).click()
  await page.waitForURL(/folder=/)
  await onlooker.settled()
  await onlooker.shoot('by-hand/10-folder')
  return Number(/\d+/.exec(await page.locator('#total').innerText())?.[0])
}

async function build({ page }: Onlooker) {
  await page.locator('button[value="addCondition "]').click()
  await chooseInBuilder(page, '#filter-0-subject', 'Receipts')
  await chooseInBuilder(page, '#filter-0-operator', 'count')
  await chooseInBuilder(page, '#filter-0-compare', 'is at least (≥)')
  await page.locator('#filter-0-value').fill('2')
  await page.keyboard.press('Tab')
  await page.locator('.builder-summary').filter({ hasText: '≥ 2' }).waitFor()
}

/** Each choice draws the builder anew. */
async function chooseInBuilder(page: Page, select: string, label: string) {
  await page.locator(select).waitFor({ state: 'attached' })
  const drawn = page.waitForResponse((response) => response.url().includes('/filters/'))
  await choose(page.locator(select), label)
  await drawn
  await page.waitForTimeout(200)
}

async function makeSegment(onlooker: Onlooker) {
  const { page } = onlooker
  await onlooker.open('/segments')
  await page.getByRole('link', { name: 'Create' }).first().click()
  await page.locator('dialog [name=name]').fill('Two receipts and more')
  await choose(page.locator('dialog [name=object]'), 'Customers')
  await page.locator('dialog').getByRole('button', { name: 'Done' }).click()
  await page.waitForURL(/\/segments\/\d+/)
  await onlooker.settled()
  await build(onlooker)
  await onlooker.shoot('by-hand/11-segment')
  await page.getByRole('button', { name: 'Save conditions' }).click()
  await page.waitForURL(/tab=definition/)
  await onlooker.settled()

  await page.getByRole('button', { name: 'Recount' }).click()
  await page.waitForURL(/tab=versions/)
  await page.locator('#segment-versions tbody tr').first().waitFor({ timeout: 30_000 })
  await onlooker.shoot('by-hand/12-recounted')
}

async function writeMail(onlooker: Onlooker) {
  const { page } = onlooker
  await onlooker.open('/communications')
  await page.getByRole('link', { name: 'Create' }).first().click()
  const dialog = page.locator('dialog')
  await dialog.locator('[name=name]').fill('Autumn sale')
  await choose(dialog.locator('[name=provider]'), 'Встроенный ящик / Built-in inbox')
  await dialog.locator('[name=senderName]').fill('Corner shop')
  await dialog.locator('[name=senderEmail]').fill('shop@example.com')
  await dialog.locator('[name=subject]').fill('{GivenName}, the sale is on')
  await dialog.locator('[name=preheader]').fill('Only this week')
  await dialog.locator('[name=class]').selectOption('advertising')
  await choose(dialog.locator('[name=category]'), 'Promotions')
  await dialog.locator('[name=kind]').selectOption('bulk')
  await dialog.locator('[name=markup]').selectOption('mjml')
  await onlooker.shoot('by-hand/13-new-mail', {})
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.waitForURL(/\/communications\/\d+/)

  await page.locator('a[href$="/content"]').first().click()
  await page.locator('#body').fill(letter)
  await page.locator('#mail').getByRole('button', { name: 'Save' }).click()
  await onlooker.settled()
  await choose(page.locator('#customer'), 'Ёлкина')
  await page.frameLocator('iframe[name=preview]').getByText('Good day, Мария! 3 receipts so far.').waitFor()
  await page.locator('#subject').click()
  await onlooker.settled()
  await onlooker.shoot('by-hand/14-mail-with-preview')

  await page.locator('[data-test-mail] button').click()
  await onlooker.settled()
  await onlooker.shoot('by-hand/15-test-sent')
}

async function sendIt(onlooker: Onlooker) {
  const { page } = onlooker
  await page.goto(page.url().replace(/\/content.*/, '/sends/new'))
  await page.locator('#segment').selectOption({ index: 1 })
  await page.locator('#audience .audience-count').waitFor()
  await onlooker.settled()
  await onlooker.shoot('by-hand/16-summary')
  await page.locator('#launch button[type=submit]').click()
  await page.waitForURL(/\/sends\/\d+/)
  await page.locator('.send-state').getByText('Finished').waitFor({ timeout: 60_000 })
  await onlooker.settled()
  await onlooker.shoot('by-hand/17-sent')
}

/** Opens one mail in the inbox page, and follows its own addresses as its reader does. */
async function readIt(onlooker: Onlooker) {
  const { page } = onlooker
  await onlooker.open('/inbox')
  await onlooker.shoot('by-hand/18-inbox')
  await page.locator('tr', { hasText: 'maria@example.com' }).locator('td').nth(2).click()
  await page.waitForURL(/\/inbox\/\d+$/)
  await onlooker.settled()
  const mail = page.frameLocator('iframe.mail-frame')
  await mail.getByText('Good day, Мария!').waitFor()
  await onlooker.shoot('by-hand/19-mail')

  const click = await mail.getByText('To the sale').getAttribute('href')
  const leave = await mail.getByText('Unsubscribe').getAttribute('href')
  const pixel = await mail.locator('img[src*="/o/"]').getAttribute('src')
  const request = onlooker.context.request
  const reader = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
  await request.get(pixel!, { headers: reader })
  await request.get(click!, { headers: reader, maxRedirects: 0 })

  await page.goto(leave!)
  await onlooker.shoot('by-hand/20-preferences')
  await page.locator('button[name=all]').click()
  await page.getByRole('status').waitFor()
  await onlooker.shoot('by-hand/21-left')
}

async function watchFigures(onlooker: Onlooker) {
  const { page } = onlooker
  await onlooker.open('/communications')
  await page.locator('tbody tr').first().locator('td').nth(3).click()
  await page.waitForURL(/\/communications\/\d+/)
  await onlooker.settled()
  await page.locator('.figures').waitFor()
  await onlooker.shoot('by-hand/22-statistics')
}
