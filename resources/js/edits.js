// Escape leaves a form that is edited in its place; what was typed is asked about first.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return
  const form = document.querySelector('form[data-edits]')
  if (!form?.contains(document.activeElement) && document.activeElement !== document.body) return
  form?.querySelector('[data-cancel]').click()
})

document.addEventListener(
  'click',
  (event) => {
    const form = event.target.closest?.('[data-cancel]')?.closest('form[data-changed]')
    if (!form) return
    if (confirm(document.getElementById('toasts').dataset.unsaved)) delete form.dataset.changed
    else {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
  },
  true
)
