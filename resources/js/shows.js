// A button that shows and hides what it names: <button data-shows="filter" data-show="Show" data-hide="Hide">.
document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('[data-shows]')
  if (!button) return
  const part = document.getElementById(button.dataset.shows)
  part.hidden = !part.hidden
  button.setAttribute('aria-expanded', String(!part.hidden))
  const words = button.querySelector('span')
  if (words) words.textContent = part.hidden ? button.dataset.show : button.dataset.hide
})
