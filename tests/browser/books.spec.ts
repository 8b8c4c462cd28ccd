import { test } from '@japa/runner'
import { emptied } from '#tests/support/emptied'
import { Onlooker } from '#tests/support/pages/onlooker'
import { aUser, idOf } from '#tests/support/people'
import { aMemberOfStaff } from '#tests/support/staff'

test.group('Reference books in a browser', (group) => {
  emptied(group)

  test('X-02 a value moves by the keyboard, which stays where it was; one in use retires instead of going', async ({ browser, assert, cleanup }) => {
    const onlooker = await Onlooker.at(browser)
    cleanup(() => onlooker.leave())
    const { page } = onlooker
    const [female, male] = [await idOf('gender', 'female'), await idOf('gender', 'male')]
    await aUser({ gender: male })
    await onlooker.signIn(await aMemberOfStaff({ role: 'administrator', locale: 'en' }))

    await onlooker.open('/genders')
    await page.focus(`#gender-${male}-up`)
    await page.keyboard.press('Enter')
    await page.locator('tbody tr').first().getByText('Male', { exact: true }).waitFor()
    assert.equal(await page.evaluate('document.activeElement.id'), `gender-${male}-up`)
    await page.locator(`#gender-${female}-up`).click()
    await page.locator('tbody tr').first().getByText('Female', { exact: true }).waitFor()

    await page.locator(`a[href="/genders/${male}/edit"]`).click()
    await page.locator('#dialog dialog').getByText('Delete').click()
    await page.locator('#dialog dialog').getByRole('button', { name: 'Delete' }).click()
    await page.locator('#dialog dialog').getByText('Customers (1)').waitFor()
    await page.locator('#dialog dialog').getByRole('button', { name: 'Make inactive' }).click()
    await page.locator('#dialog dialog').waitFor({ state: 'detached' })
    assert.deepEqual(onlooker.complaints.heard, [])
  }).timeout(60_000)
})
