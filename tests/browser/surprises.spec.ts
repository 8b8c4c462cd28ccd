import { test } from '@japa/runner'
import { row, sql } from '#core/database'
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
})
