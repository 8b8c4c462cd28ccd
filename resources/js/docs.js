// @ts-check
// The description of the interface: what holds all typed words stays, in the menu and on the page.
const field = /** @type {HTMLInputElement | null} */ (document.querySelector('[data-docs-search]'))

field?.addEventListener('input', () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean)
  let found = 0
  for (const operation of all('[data-docs-operation]')) {
    const text = (operation.textContent ?? '').toLowerCase()
    operation.hidden = !words.every((word) => text.includes(word))
    if (!operation.hidden) found += 1
    const entry = document.querySelector(`[data-docs-found="${operation.id}"]`)
    if (entry instanceof HTMLElement) entry.hidden = operation.hidden
  }
  for (const group of all('[data-docs-section]')) group.hidden = !group.querySelector('[data-docs-operation]:not([hidden])')
  for (const group of all('[data-docs-group]')) group.hidden = !group.querySelector('[data-docs-found]:not([hidden])')
  for (const none of all('[data-docs-none]')) none.hidden = found > 0
})

/** @param {string} selector */
function all(selector) {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)])
}
