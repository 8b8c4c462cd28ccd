// From a card to its neighbours in the list that one came from.
const KEY = 'trail'

/** Whoever opens a row leaves behind which rows stood beside it. */
document.addEventListener('click', ({ target }) => {
  const link = target.closest?.('#rows [data-open]')
  if (!link) return
  const rows = [...document.querySelectorAll('#rows [data-open]')].map((one) => one.getAttribute('href'))
  sessionStorage.setItem(KEY, JSON.stringify(rows))
}, true)

for (const nav of document.querySelectorAll('[data-trail]')) {
  const rows = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
  const here = rows.indexOf(location.pathname)
  for (const step of nav.querySelectorAll('[data-trail-step]')) {
    const there = here < 0 ? undefined : rows[here + Number(step.dataset.trailStep)]
    if (there) step.setAttribute('href', there)
    else step.setAttribute('aria-disabled', 'true')
  }
  nav.hidden = here < 0 || rows.length < 2
}
