import { toast } from './toasts.js'

// <button data-copies="id of what holds the words" data-copied="Copied">, or the words themselves in `data-copy`.
document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-copies], [data-copy]')
  if (!button) return
  const source = button.dataset.copy === undefined ? document.getElementById(button.dataset.copies) : button.previousElementSibling
  try {
    await navigator.clipboard.writeText(button.dataset.copy || source.textContent.trim())
    toast(button.dataset.copied)
  } catch {
    // Over plain http there is no clipboard: the words are selected for Ctrl+C.
    getSelection().selectAllChildren(source)
  }
})
