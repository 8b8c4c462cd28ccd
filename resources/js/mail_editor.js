// The page on which a mail is written: the preview follows the typing, macros go where the caret is.
const editor = document.querySelector('[data-mail-editor]')
const code = editor.querySelector('[data-code]')
const frame = editor.querySelector('[data-frame]')
const refresh = editor.querySelector('[data-preview-button]')
const customer = editor.querySelector('[data-customer]')
const copy = document.querySelector('[data-customer-copy]')

let waiting

function previewSoon() {
  clearTimeout(waiting)
  waiting = setTimeout(preview, 600)
}

/** The form posts itself into the frame; that is no saving, so the guard stays. */
function preview() {
  const { form } = refresh
  const changed = 'changed' in form.dataset
  form.requestSubmit(refresh)
  if (changed) form.dataset.changed = ''
}

editor.addEventListener('input', ({ target }) => {
  if (target.form === refresh.form) previewSoon()
})

customer.addEventListener('change', () => {
  copy.value = customer.value
  previewSoon()
})

editor.querySelector('[data-macros]').addEventListener('change', ({ target }) => {
  if (!target.value) return
  code.setRangeText(target.value, code.selectionStart, code.selectionEnd, 'end')
  target.value = ''
  code.focus()
  code.dispatchEvent(new Event('input', { bubbles: true }))
})

for (const width of editor.querySelectorAll('[data-width]')) {
  width.addEventListener('change', () => frame.classList.toggle('mail-frame-phone', width.value === 'phone'))
}
