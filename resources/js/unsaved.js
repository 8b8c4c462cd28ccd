// What was typed and not sent is not lost without a question.
document.addEventListener('input', ({ target }) => {
  const form = target.form
  if (form?.hasAttribute('data-guard')) form.dataset.changed = ''
})

document.addEventListener('submit', ({ target }) => delete target.dataset.changed)
document.addEventListener('htmx:before:request', ({ detail }) => {
  const source = detail.ctx.sourceElement
  const form = source?.closest?.('form[data-guard]')
  if (source?.closest?.('.builder')) return
  if (form && detail.ctx.request.method !== 'GET') delete form.dataset.changed
})

/** A form that came back with errors holds what was typed before. */
document.addEventListener('htmx:after:swap', () => {
  for (const form of document.querySelectorAll('form[data-guard]:has([aria-invalid=true])')) form.dataset.changed = ''
})

addEventListener('beforeunload', (event) => {
  if (document.querySelector('form[data-changed]')) event.preventDefault()
})
