import { test } from '@japa/runner'
import { type Page } from 'playwright'
import { emptied } from '#tests/support/emptied'
import demo from '#database/seeders/demo'
import { patience, shoot, walk } from './walk.js'

test.group('Words that are longer than ours', (group) => {
  emptied(group)
  group.setup(async () => {
    await demo()
  })

  for (const width of [1280, 390]) {
    test(`X-05 with every word 40 % longer nothing runs out of the page at ${width} px`, async ({ browser, assert }) => {
      const wrong: string[] = []
      const heard = await walk(browser, { width, locale: 'ru' }, async (onlooker, name, path) => {
        await onlooker.page.evaluate(lengthen)
        if (width < 600) await shoot(onlooker, 'longer', name)
        wrong.push(...(await tooWide(onlooker.page)).map((what) => `${path}: ${what}`))
      })
      assert.deepEqual(heard, [])
      assert.deepEqual(wrong, [])
    }).timeout(patience(1))
  }
})

/** A pseudo-locale as the browser draws it: each word, whoever said it, gets 40 % more letters, its own ones. */
const lengthen = `(() => {
  const longer = (text) => text.replace(/\\p{L}{2,}/gu, (word) => word + word.slice(0, Math.ceil(word.length * 0.4)).toLowerCase())
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walk.nextNode()) found.push(walk.currentNode)
  for (const node of found) {
    if (!node.parentElement.closest('script, style, textarea, code, pre, iframe')) node.data = longer(node.data)
  }
  for (const input of document.querySelectorAll('[placeholder]')) input.placeholder = longer(input.placeholder)
})()`

/** What makes the page wider than the window, or has words that stand outside of their button. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const told = (one) => one.tagName.toLowerCase() + (one.id ? '#' + one.id : '') + (one.className && one.className.baseVal === undefined ? '.' + String(one.className).trim().replace(/\\s+/g, '.') : '')
    const visible = (one) => one.getClientRects().length && getComputedStyle(one).visibility !== 'hidden'
    const wrong = []
    const wide = document.documentElement.scrollWidth - innerWidth
    if (wide > 1) {
      const guilty = [...document.querySelectorAll('body *')].filter((one) => visible(one) && one.getBoundingClientRect().right > innerWidth + 1)
      const scrolled = (one) => one.parentElement.closest('.table-wrap, .tabs, thead')
      wrong.push('wider by ' + wide + ' px: ' + guilty.filter((one) => !scrolled(one)).slice(0, 3).map(told).join(', '))
    }
    for (const one of document.querySelectorAll('main .btn, main .tab, main label, main h1, main h2')) {
      if (visible(one) && one.scrollWidth > one.clientWidth + 2 && one.clientWidth > 0 && getComputedStyle(one).display !== 'inline') wrong.push('cut: ' + told(one))
    }
    return [...new Set(wrong)].slice(0, 8)
  })()`)
}
