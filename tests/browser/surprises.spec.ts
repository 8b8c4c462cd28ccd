import { test } from '@japa/runner'
import { execute, row, sql } from '#core/database'
import { emptied } from '#tests/support/emptied'
import { aUser } from '#tests/support/people'
import { aMemberOfStaff } from '#tests/support/staff'
import { Onlooker } from '#tests/support/pages/onlooker'

test.group('Surprises in a browser', (group) => {
  emptied(group)

  test('X-04 a double click on Done makes one customer', async ({ browser, assert, cleanup }) => {
    const onlooker = await Onlooker.at(browser)
    cleanup(() => onlooker.leave())
    const { page } = onlooker
    await onlooker.signIn(await aMemberOfStaff())
    await onlooker.open('/users')
    await page.getByRole('link', { name: 'Create' }).first().click()
    await page.locator('dialog [name=surname]').fill('Двойной')
    await page.locator('dialog').getByRole('button', { name: 'Done' }).dblclick()
    await page.waitForURL(/\/users\/\d+$/)
    await onlooker.settled()

    const counted = await row<{ made: number }>(sql`select count(*) as made from users where surname = 'Двойной'`)
    assert.equal(counted!.made, 1)
    assert.deepEqual(onlooker.complaints.heard, [])
  })

  test('X-04 a wrong value is told at its field, and what was typed stays', async ({ browser, assert, cleanup }) => {
    const onlooker = await Onlooker.at(browser)
    cleanup(() => onlooker.leave())
    const { page } = onlooker
    await onlooker.signIn(await aMemberOfStaff())
    const user = await aUser({ surname: 'Ошибкина' })
    await onlooker.open(`/identifiers/create?user=${user}`)
    await page.locator('main [name=type]').selectOption('email')
    await page.locator('main [name=value]').fill('not an address')
    await page.getByRole('button', { name: 'Done' }).click()

    await page.locator('[data-field="identifier-value"] .field-error').waitFor()
    assert.equal(await page.locator('main [name=value]').inputValue(), 'not an address')
    assert.equal(await page.locator('main [name=value]').getAttribute('aria-invalid'), 'true')
    assert.deepEqual(onlooker.complaints.heard, [])
  })

  test('X-04 a session that ended leads to the whole sign-in page, never to a form inside a panel', async ({ browser, assert, cleanup }) => {
    const onlooker = await Onlooker.at(browser)
    cleanup(() => onlooker.leave())
    const { page } = onlooker
    await onlooker.signIn(await aMemberOfStaff())
    const user = await aUser({ surname: 'Забытая' })
    await onlooker.open(`/users/${user}`)
    await onlooker.context.clearCookies()
    await page.getByRole('link', { name: 'Segments' }).last().click()

    await page.waitForURL(/\/login/)
    assert.equal(await page.locator('form[action="/login"]').count(), 1)
    assert.equal(await page.locator('.facts').count(), 0)
    assert.deepEqual(onlooker.complaints.heard, [])
  })

  test('X-04 a failure of ours is told with its number, loses nothing that was typed, and can be tried again', async ({ browser, assert, cleanup }) => {
    const onlooker = await Onlooker.at(browser)
    cleanup(() => onlooker.leave())
    const { page } = onlooker
    await onlooker.signIn(await aMemberOfStaff())
    await onlooker.open('/stop-list')
    await page.getByRole('link', { name: 'Create' }).first().click()
    await page.locator('dialog [name=type]').selectOption('plate')
    await page.locator('dialog [name=value]').fill('A123BC77')

    await execute(sql`alter table stop_list rename to stop_list_away`)
    cleanup(() => execute(sql`alter table if exists stop_list_away rename to stop_list`).then(() => {}))
    await page.locator('dialog').getByRole('button', { name: 'Done' }).click()
    const told = await page.locator('.toast-error').innerText()
    assert.match(told, /Number of this failure: [\w-]{8,}/)
    assert.equal(await page.locator('dialog [name=value]').inputValue(), 'A123BC77')

    await execute(sql`alter table stop_list_away rename to stop_list`)
    await page.locator('dialog').getByRole('button', { name: 'Done' }).click()
    await page.locator('dialog[data-dialog]').waitFor({ state: 'detached' })
    await page.getByText('A123BC77').first().waitFor()
    assert.isEmpty(onlooker.complaints.heard.filter((complaint) => !/500|status of 500/.test(complaint)))
  })

  test('X-04 Back leads to the list as it was left', async ({ browser, assert, cleanup }) => {
    for (const surname of ['Белова', 'Белых', 'Чернова']) await aUser({ surname })
    const onlooker = await Onlooker.at(browser)
    cleanup(() => onlooker.leave())
    const { page } = onlooker
    await onlooker.signIn(await aMemberOfStaff())
    await onlooker.open('/users')
    await page.locator('main [name=search]').fill('бел')
    await page.waitForURL(/search=/)
    await onlooker.settled()
    await page.locator('th', { hasText: 'Surname' }).getByRole('link').click()
    await page.waitForURL(/sort=surname/)
    await onlooker.settled()
    const left = page.url()
    await page.locator('tbody tr', { hasText: 'Белых' }).locator('td').nth(3).click()
    await page.waitForURL(/\/users\/\d+$/)
    await page.goBack()
    await onlooker.settled()

    assert.equal(page.url(), left)
    assert.equal(await page.locator('main input[type=search][name=search]').inputValue(), 'бел')
    assert.equal(await page.locator('th[aria-sort=ascending]').count(), 1)
    assert.equal(await page.locator('tbody tr').count(), 2)
    assert.deepEqual(onlooker.complaints.heard, [])
  })

  test('X-04 on a slow net the page says that it is at work, and without one that nobody answered', async ({ browser, assert, cleanup }) => {
    const onlooker = await Onlooker.at(browser)
    cleanup(() => onlooker.leave())
    const { page } = onlooker
    await onlooker.signIn(await aMemberOfStaff())
    await onlooker.open('/segments')
    await page.getByRole('link', { name: 'Create' }).first().click()
    await page.locator('dialog [name=name]').fill('Медленный')
    await page.route('**/segments', async (route) => {
      if (route.request().method() === 'POST') await new Promise((resolve) => setTimeout(resolve, 1500))
      await route.continue()
    })
    const done = page.locator('dialog').getByRole('button', { name: 'Done' })
    await done.click()
    await page.locator('.busy-bar').waitFor({ state: 'attached' })
    assert.isTrue(await done.isDisabled())
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/segments\/\d+/)
    const counted = await row<{ made: number }>(sql`select count(*) as made from segments where name = 'Медленный'`)
    assert.equal(counted!.made, 1)

    await onlooker.open('/users')
    await onlooker.context.setOffline(true)
    await page.locator('main [name=search]').fill('кто')
    await page.locator('.toast-error', { hasText: 'No answer from the server' }).waitFor()
    await onlooker.context.setOffline(false)
  })
})
