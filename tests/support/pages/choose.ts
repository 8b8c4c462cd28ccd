import { type Locator } from 'playwright'

/**
 * Chooses from a list as a person does, whether the browser draws it or the searchable list in front of it. Of several that are
 * called so, the last: relations stand below fields.
 */
export async function choose(select: Locator, label: string) {
  const searchable = select.locator('xpath=following-sibling::*[contains(@class, "ts-wrapper")]')
  if (!(await searchable.count())) {
    await select.selectOption({ label })
    return
  }
  await searchable.locator('.ts-control').click()
  await select.page().keyboard.type(label.slice(0, 20))
  await select.page().locator('.ts-dropdown [data-selectable]').filter({ hasText: label }).last().click()
}
