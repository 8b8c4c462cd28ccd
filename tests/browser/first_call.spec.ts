import { execFileSync } from 'node:child_process'
import { test } from '@japa/runner'
import { row, sql } from '#core/database'
import { emptied } from '#tests/support/emptied'
import { aMemberOfStaff } from '#tests/support/staff'
import { Onlooker } from '#tests/support/pages/onlooker'
import { outdateSources } from '../../app/campaigns/sources/source_by_code.js'

test.group('From nothing to the first call', (group) => {
  emptied(group)

  test('F67 who never saw a source makes a campaign with one, copies its key, and the first call works as pasted', async ({ browser, assert, cleanup }) => {
    const onlooker = await Onlooker.at(browser)
    cleanup(async () => {
      await onlooker.leave()
      await row(sql`delete from sources where code = 'till-in-riga' returning id`)
      outdateSources()
    })
    await onlooker.signIn(await aMemberOfStaff({ role: 'administrator', locale: 'en' }))
    const { page } = onlooker
    const pressed = async (name: string | RegExp, within = page.locator('main')) => {
      await within.getByRole('button', { name }).or(within.getByRole('link', { name })).first().click()
      await onlooker.settled()
    }

    await page.getByRole('navigation').getByRole('link', { name: 'Campaigns', exact: true }).click()
    await onlooker.settled()
    await pressed(/^Create/)
    const dialog = page.locator('dialog[open]')
    await dialog.locator('[name=name]').fill('Spring club')
    await pressed('Done', dialog)
    const way = page.locator('.first-steps')
    await way.getByText('1 of 4').waitFor()

    await pressed('Add a source', way)
    await dialog.getByLabel('Name in English').fill('Till in Riga')
    await pressed('Done', dialog)
    await way.getByText('2 of 4').waitFor()

    await pressed('Make a key', way)
    await pressed('Make a key')
    const command = (await page.locator('code', { hasText: 'curl' }).innerText()).trim()
    const { status, body } = await asPasted(command)
    assert.deepEqual([status, body.source, body.campaign], [200, 'till-in-riga', 'spring-club'])

    await pressed('To the source')
    await page.getByText('Servers that have the secret key').waitFor()
    await pressed('The API, for this source')
    assert.include(await page.locator('#content').innerText(), `/api/v1/till-in-riga/user/register`)
    assert.deepEqual(onlooker.complaints.heard, [])
  }).timeout(60_000)
})

/** A call as a shell splits it and curl makes it. */
async function asPasted(command: string) {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`
  const words = execFileSync('sh', ['-c', script]).toString().split('\0').slice(0, -1)
  const headers = words.flatMap((word, at) => (words[at - 1] === '-H' ? [word.split(': ') as [string, string]] : []))
  const path = new URL(words.find((word) => word.startsWith('http'))!).pathname
  const answer = await fetch(`http://${process.env.HOST}:${process.env.PORT}${path}`, { method: words[words.indexOf('-X') + 1], headers })
  return { status: answer.status, body: (await answer.json()) as { source: string; campaign: string } }
}
