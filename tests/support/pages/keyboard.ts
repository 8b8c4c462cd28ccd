import { type Locator, type Page } from 'playwright'

const MOST_STEPS = 90

/**
 * Goes to an element by Tab alone, as somebody without a mouse does. Throws where the way never comes there, where the focus cannot
 * be seen on the way, or where it turns in a circle.
 */
export async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await has(wanted)) return
    await page.keyboard.press(key)
    const unseen = await page.evaluate(unseenFocus)
    if (unseen) throw new Error(`The focus cannot be seen on ${unseen}`)
  }
  throw new Error(`${MOST_STEPS} times Tab do not lead to ${wanted}`)
}

async function has(wanted: Locator) {
  return wanted.evaluateAll((all) => all.includes((globalThis as any).document.activeElement))
}

/** What has the focus and neither an outline nor a shadow, or lies outside of what is drawn; undefined when all is well. */
function unseenFocus(): string | undefined {
  const { document, getComputedStyle } = globalThis as any
  const element = document.activeElement
  if (!element || element === document.body) return undefined
  const shown = element.closest('.ts-wrapper') ?? element
  const looks = [shown, element, element.parentElement, ...shown.querySelectorAll('.ts-control')].map((one) => getComputedStyle(one))
  const marked = looks.some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none')
  const { width, height } = shown.getBoundingClientRect()
  return marked && width > 0 && height > 0 ? undefined : element.outerHTML.slice(0, 120)
}
