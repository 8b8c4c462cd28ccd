// Beside a date: today or now, and nothing.
document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('[data-moment]')
  if (!button) return
  const input = button.parentElement.querySelector('input')
  input.value = button.dataset.moment === 'clear' ? '' : written(new Date(), input.type)
  input.dispatchEvent(new Event('input', { bubbles: true }))
  input.dispatchEvent(new Event('change', { bubbles: true }))
  input.focus()
})

/** As the clock of the person stands. */
function written(now, type) {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString()
  return local.slice(0, type === 'date' ? 10 : 16)
}
