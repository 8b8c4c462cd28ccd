import { test } from '@japa/runner'
import { execute, row, sql, transaction } from '#core/database'
import { capturedMail } from '#tests/support/captured_mail'
import { watchPages } from '#tests/support/contract'
import { emptied } from '#tests/support/emptied'
import { workOff } from '#tests/support/shop'
import { callingSources } from '#tests/support/sources'
import { openShop } from '../../database/seeders/demo/shop.js'
import { outdateSources } from '../../app/campaigns/sources/source_by_code.js'

const LETTERS = ['users.askTicket', 'users.ticket']

test.group('The example of a front end', (group) => {
  emptied(group)
  callingSources(group)
  const mail = capturedMail(group)

  const codeSent = async () => {
    await workOff(...LETTERS)
    const letters = await mail.received()
    return /\b\d{6}\b/.exec(letters.at(-1)!.text)![0]
  }

  test('a stranger registers, confirms, forgets the password, signs in, and says what to send', async ({ browser, assert, cleanup }) => {
    await transaction(openShop)
    outdateSources()
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 390, height: 800 } })
    cleanup(() => context.close())
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    watchPages(context, faults)
    const said = (text: string | RegExp) => page.getByRole('status').getByText(text).waitFor()
    const press = (name: string) => page.locator('main').getByRole('button', { name, exact: true }).click()

    await page.goto(`http://${process.env.HOST}:${process.env.PORT}/demo`)
    await page.getByRole('button', { name: 'Register' }).click()
    await page.getByLabel('Given name').fill('Anna')
    await page.getByLabel('Email').fill('anna@example.com')
    await page.getByLabel('Password').fill('short')
    await press('Register')
    await said(/consent/i)
    await page.getByLabel(/processing of my personal data/).check()
    await page.getByLabel(/rules of the club/).check()
    await press('Register')
    await page.locator('#password-wrong').waitFor()
    await page.getByLabel('Password').fill('correct horse battery')
    await press('Register')
    await said('You are registered.')

    await page.getByLabel('Code from the mail').fill(await codeSent())
    await press('Confirm')
    await said('The address is confirmed.')
    const user = (await row<{ id: number; name: string; confirmed: boolean; source: string }>(
      sql`select u.id, u.given_name as name, i.confirmed, s.code as source from users u
        join user_identifiers i on i.user_id = u.id join sources s on s.id = u.registration_source_id`
    ))!
    assert.deepInclude(user, { name: 'Anna', confirmed: true, source: 'site' })
    const consents = await row(sql`select array_agg(kind order by kind) as kinds from consent_log where user_id = ${user.id} and value`)
    assert.deepEqual(consents, { kinds: ['campaign', 'personal_data'] })

    await page.getByRole('button', { name: 'Sign out' }).click()
    await said('You are signed out.')
    await page.getByRole('button', { name: 'Forgot your password?' }).click()
    await page.getByLabel('Email').fill('ANNA@example.com')
    await press('Send me a code')
    await said(/is on its way/)
    await page.getByLabel('Code from the mail').fill(await codeSent())
    await page.getByLabel('New password').fill('another long password')
    await press('Save')
    await said(/password was changed/)

    await page.getByLabel('Phone or email').fill('anna@example.com')
    await page.getByLabel('Password').fill('correct horse battery')
    await press('Sign in')
    await page.locator('#said.bad').waitFor()
    await page.getByLabel('Password').fill('another long password')
    await press('Sign in')
    await said('Hello!')

    await page.getByRole('button', { name: 'Mailings' }).click()
    await page.locator('[name=kept]').first().uncheck()
    await press('Save')
    await said('Saved.')
    await page.reload()
    await page.getByRole('button', { name: 'Mailings' }).click()
    await page.locator('[name=kept]').first().waitFor()
    assert.isFalse(await page.locator('[name=kept]').first().isChecked())
    assert.isTrue(await page.locator('[name=kept]').nth(1).isChecked())
    assert.deepEqual(faults, [])
    await execute(sql`update sources set campaign_id = null`)
  }).timeout(90_000)
})
