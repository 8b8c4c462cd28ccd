// Ticks of a list: one by one, a stretch with Shift, the page by its head, or all that match on every page.
let last

document.addEventListener('click', ({ target, shiftKey }) => {
  if (target.matches?.('[data-pick]')) pick(target, shiftKey)
  if (target.matches?.('[data-pick-page]')) tick(picks(), target.checked)
  if (target.closest?.('[data-bulk-everything]')) everything()
  if (target.closest?.('[data-bulk-nothing]')) tick(picks(), false)
})

/** A cell of ticks is easily missed by a hair: the whole of it ticks. */
document.addEventListener('click', ({ target }) => {
  if (target.matches?.('td.pick, th.pick')) target.querySelector('input').click()
})

const picks = () => [...document.querySelectorAll('[data-pick]')]

function pick(box, stretch) {
  const all = picks()
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other)
  last = box
  tick(stretch && from >= 0 ? all.slice(from, to + 1) : [box], box.checked)
}

function tick(boxes, checked) {
  for (const box of boxes) box.checked = checked
  choose(false)
}

function everything() {
  for (const box of picks()) box.checked = true
  choose(true)
}

function choose(all) {
  const bar = document.getElementById('bulk-form')
  const count = picks().filter(({ checked }) => checked).length
  const told = bar.querySelector('[data-bulk-count]')
  bar.querySelector('[data-bulk-all]').disabled = !all
  told.textContent = all ? `${told.dataset.all}: ${total()}` : told.dataset.words.replace('#', count)
  bar.querySelector('[data-bulk-everything]').hidden = all
  bar.querySelector('[data-bulk-everything] .numbers').textContent = total()
  const page = document.querySelector('[data-pick-page]')
  page.checked = count > 0 && count === picks().length
  page.indeterminate = count > 0 && !page.checked
}

const total = () => document.querySelector('#total b')?.textContent ?? ''
