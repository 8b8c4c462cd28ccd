// The conditions of a hidden filter: a press on one opens the builder at it. After a reset the filter can be brought back.
import { turn } from './shows.js'
import { toast } from './toasts.js'

document.addEventListener('click', (event) => {
  const chip = event.target.closest?.('[data-goes-to]')
  if (chip && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    openAt(chip.dataset.goesTo)
  }
})

function openAt(node) {
  const shows = document.getElementById('filter-shows')
  if (document.getElementById('filter').hidden) turn(shows)
  goTo(node) || document.addEventListener('htmx:after:swap', () => goTo(node), { once: true })
}

function goTo(node) {
  const place = document.querySelector(`[id^="${node}-"]:is(select, input, textarea, button)`) ?? document.querySelector(`[name="${node}-logic"] ~ .builder-head button`)
  place?.focus()
  place?.scrollIntoView({ block: 'nearest' })
  return Boolean(place)
}

const KEY = 'filter-reset'

document.addEventListener('click', ({ target }) => {
  const reset = target.closest?.('[data-resets]')
  if (!reset || !location.search) return
  const { words, undo } = reset.dataset
  sessionStorage.setItem(KEY, JSON.stringify({ words, undo, path: location.pathname, address: location.href }))
})

const before = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
sessionStorage.removeItem(KEY)
if (before?.path === location.pathname && before.address !== location.href) {
  toast(before.words, 'success', undefined, { href: before.address, label: before.undo })
}
