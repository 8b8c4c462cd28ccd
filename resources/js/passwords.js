// A password may be looked at while it is typed: <button data-reveals="id of the input" hidden>, shown where this script runs.
for (const button of document.querySelectorAll('[data-reveals]')) button.hidden = false

document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('[data-reveals]')
  if (!button) return
  const input = document.getElementById(button.dataset.reveals)
  const shown = input.type === 'password'
  input.type = shown ? 'text' : 'password'
  button.setAttribute('aria-pressed', String(shown))
})

// A browser keeps as a password only what was sent as one.
document.addEventListener('submit', ({ target }) => {
  for (const button of target.querySelectorAll('[data-reveals]')) document.getElementById(button.dataset.reveals).type = 'password'
})
