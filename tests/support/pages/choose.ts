import { type Locator } from 'playwright'

/**
 * Chooses from a list as a person does, whether the browser draws it or the searchable list in front of it, which may stand open
 * already. Of several options that are called so, the last: relations stand below fields.
 */
export async function choose(select: Locator, label: string) {
  const searchable = select.locator('xpath=following-sibling::*[contains(@class, "ts-wrapper")]')
  await select.page().waitForTimeout(200)
  if (!(await searchable.count()) && (await select.getAttribute('data-find')) !== null) await select.click()
  if (!(await searchable.count())) {
    await select.selectOption({ label })
    return
  }
  const isOpen = await searchable.evaluate((list) => list.classList.contains('dropdown-active'))
  if (!isOpen) await searchable.locator('.ts-control').click()
  await select.page().keyboard.type(label.slice(0, 20))
  const options = searchable.locator('[data-selectable]')
  /** Of the whole option: a found part of a longer one is marked, and is a text of its own. */
  const exact = options.filter({ hasText: new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`) })
  await options.filter({ hasText: label }).first().waitFor()
  await ((await exact.count()) ? exact : options.filter({ hasText: label })).last().click()
}
