import { test } from '@japa/runner'
import { emptied } from '#tests/support/emptied'
import { aMemberOfStaff } from '#tests/support/staff'
import { Onlooker, type Look } from '#tests/support/pages/onlooker'
import demo from '#database/seeders/demo'

const looks: Look[] = [
  { width: 1440, theme: 'light', locale: 'en' },
  { width: 1440, theme: 'dark', locale: 'ru' },
  { width: 390, theme: 'light', locale: 'ru' },
  { width: 390, theme: 'dark', locale: 'en' },
]

const pages: [name: string, path: string][] = [
  ['users', '/users'],
  ['user', '/users/1'],
  ['goods', '/goods'],
  ['segments', '/segments'],
  ['segment', '/segments/1'],
  ['receipt', '/receipts/1'],
  ['audit', '/audit'],
  ['staff', '/staff'],
  ['profile', '/profile'],
  ['unknown', '/nothing-here'],
]

test.group('How pages look', (group) => {
  emptied(group)
  group.setup(async () => {
    await demo()
  })

  for (const look of looks) {
    const named = `${look.width}-${look.theme}-${look.locale}`
    test(`at ${look.width} px, ${look.theme}, ${look.locale}`, async ({ browser, assert }) => {
      const onlooker = await Onlooker.at(browser, look)
      await onlooker.open('/login')
      await onlooker.shoot(`${named}/sign-in`)
      await onlooker.signIn(await aMemberOfStaff({ role: 'administrator', locale: look.locale }))
      for (const [name, path] of pages) {
        await onlooker.open(path)
        await onlooker.shoot(`${named}/${name}`)
      }
      await onlooker.leave()
      assert.deepEqual(onlooker.complaints.heard, [])
    })
  }
})
