import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { test } from '@japa/runner'
import { emptied } from '#tests/support/emptied'
import { aMemberOfStaff } from '#tests/support/staff'
import { Onlooker, type Look } from '#tests/support/pages/onlooker'
import demo from '#database/seeders/demo'
import { others as otherPages, pages } from './main_pages.js'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Each width, theme and language once; the other two pairs take two minutes more and are asked for by LOOKS=all. */
const crossed: Look[] = [
  { width: 1440, theme: 'dark', locale: 'ru' },
  { width: 390, theme: 'light', locale: 'en' },
]
const others: Look[] = [
  { width: 1440, theme: 'light', locale: 'en' },
  { width: 390, theme: 'dark', locale: 'ru' },
]
const all = process.env.LOOKS === 'all'
const looks = all ? [...crossed, ...others] : crossed
const seen = all ? [...pages, ...otherPages] : pages

/** As long as fifty screens: a picture of the whole takes longer than all others. */
const tall = ['interface']

test.group('How pages look', (group) => {
  emptied(group)
  group.setup(async () => {
    await demo()
  })

  for (const look of looks) {
    const named = `${look.width}-${look.theme}-${look.locale}`
    test(`X-01 at ${look.width} px, ${look.theme}, ${look.locale}`, async ({ browser, assert, cleanup }) => {
      const onlooker = await Onlooker.at(browser, look)
      cleanup(() => onlooker.leave())
      const barriers: string[] = []
      await onlooker.open('/login')
      await onlooker.shoot(`${named}/sign-in`)
      barriers.push(...(await barriersOn(onlooker)))

      await onlooker.signIn(await aMemberOfStaff({ role: 'administrator', locale: look.locale }))
      for (const [name, path] of seen) {
        await onlooker.open(path)
        await onlooker.shoot(`${named}/${name}`, { fullPage: !tall.includes(name) })
        barriers.push(...(await barriersOn(onlooker)))
      }
      assert.deepEqual(onlooker.complaints.heard, [])
      assert.deepEqual(barriers, [])
    }).timeout(600_000)
  }
})

interface Violation {
  id: string
  impact: string
  nodes: { target: string[] }[]
}

/** What keeps people out, by the rules of axe: serious and worse. A mail under preview is its author's. */
async function barriersOn({ page, complaints }: Onlooker): Promise<string[]> {
  const before = complaints.heard.length
  await page.evaluate(axe)
  const found = (await page.evaluate(
    `axe.run({ exclude: [['iframe']] }, { resultTypes: ['violations'], preload: false }).then(({ violations }) => violations)`
  )) as Violation[]
  /** The styles that axe itself tries to write are refused. */
  complaints.heard.length = before
  return found
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${new URL(page.url()).pathname}: ${id} ${nodes.map(({ target }) => target.join(' ')).slice(0, 3).join(', ')}`)
}
