import { toast } from './toasts.js'

// <button data-copies="id of what holds the words" data-copied="Copied">
document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-copies]')
  if (!button) return
  const source = document.getElementById(button.dataset.copies)
  try {
    await navigator.clipboard.writeText(source.textContent.trim())
    toast(button.dataset.copied)
  } catch {
    // Over plain http there is no clipboard: the words are selected for Ctrl+C.
    getSelection().selectAllChildren(source)
  }
})
