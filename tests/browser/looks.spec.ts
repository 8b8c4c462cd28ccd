import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { test } from '@japa/runner'
import { emptied } from '#tests/support/emptied'
import { type Onlooker, type Look } from '#tests/support/pages/onlooker'
import demo from '#database/seeders/demo'
import { all, patience, shoot, walk } from './walk.js'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Theme = NonNullable<Look['theme']>

/** One row is one loading of each page, seen in each of its themes. Of all eight looks these two have each width, theme and language once. */
const crossed: { width: number; locale: Look['locale']; themes: Theme[] }[] = [
  { width: 1440, locale: 'ru', themes: ['dark'] },
  { width: 390, locale: 'en', themes: ['light'] },
]
const eight: typeof crossed = [1440, 390].flatMap((width) => (['ru', 'en'] as const).map((locale) => ({ width, locale, themes: ['light', 'dark'] })))

test.group('How pages look', (group) => {
  emptied(group)
  group.setup(async () => {
    await demo()
  })

  for (const { width, locale, themes } of all ? eight : crossed) {
    test(`X-01 at ${width} px, ${locale}, ${themes.join(' and ')}`, async ({ browser, assert }) => {
      const barriers: string[] = []
      const visit = async (onlooker: Onlooker, name: string) => {
        for (const theme of themes) {
          await onlooker.page.emulateMedia({ colorScheme: theme })
          await shoot(onlooker, `${width}-${theme}-${locale}`, name)
          barriers.push(...(await barriersOn(onlooker)).map((barrier) => `${theme}: ${barrier}`))
        }
        await onlooker.page.emulateMedia({ colorScheme: themes[0] })
      }
      const heard = await walk(browser, { width, locale, theme: themes[0] }, visit)
      assert.deepEqual(heard, [])
      assert.deepEqual(barriers, [])
    }).timeout(patience(themes.length))
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
