import { toast } from './toasts.js'

// A <dialog data-dialog> that arrives in #dialog is shown at once and leaves no trace when it closes.
const slot = () => document.getElementById('dialog')

document.addEventListener('htmx:after:swap', () => {
  const dialog = slot()?.querySelector('dialog[data-dialog]')
  if (!dialog) return tellFailure()
  if (dialog.open) return
  dialog.showModal()
  const wrong = dialog.querySelector('[aria-invalid=true]')
  const first = dialog.querySelector('[autofocus], form input:not([type=hidden]), form select, form textarea')
  ;(wrong ?? first)?.focus()
  dialog.addEventListener('close', () => dialog.remove())
})

/** What came instead of a dialog is the story of a failure; nobody would see it at the end of the page. */
function tellFailure() {
  const words = slot()?.innerText.trim()
  if (!words) return
  toast(words, 'error')
  slot().replaceChildren()
}

document.addEventListener('click', (event) => {
  const dialog = event.target.closest?.('dialog[data-dialog]')
  if (!dialog) return
  if (event.target === dialog || event.target.closest('[data-dialog-close]')) leave(dialog, event)
})

document.addEventListener(
  'cancel',
  (event) => {
    if (event.target.matches?.('dialog[data-dialog]')) leave(event.target, event)
  },
  true
)

/** The server says `HX-Trigger: dialog:close` when the work of a dialog is done; other events of the same answer still come from inside it. */
document.addEventListener('dialog:close', () => setTimeout(() => slot()?.replaceChildren()))

function leave(dialog, event) {
  event.preventDefault()
  const changed = dialog.querySelector('form[data-changed]')
  const question = document.getElementById('toasts').dataset.unsaved
  if (!changed || confirm(question)) dialog.close()
}
