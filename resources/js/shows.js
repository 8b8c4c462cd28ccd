// A button that shows and hides what it names: <button data-shows="filter" data-show="Show" data-hide="Hide">. With `data-keeps` the
// server remembers it: it is told at that address, under the name of the part.
import { keep } from './keep.js'

document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('[data-shows]')
  if (button) turn(button)
})

/** Shows the part if it is hidden, hides it if it is not. */
export function turn(button) {
  const part = document.getElementById(button.dataset.shows)
  part.hidden = !part.hidden
  button.setAttribute('aria-expanded', String(!part.hidden))
  const words = button.querySelector('span')
  if (words) words.textContent = part.hidden ? button.dataset.show : button.dataset.hide
  if (button.dataset.keeps) keep(button.dataset.keeps, { [button.dataset.shows]: part.hidden ? 'hidden' : 'shown' })
}
