// The chooser of columns: a tick moves a field to the end of those shown, arrows and dragging put them in order.
document.addEventListener('htmx:after:swap', () => enhance(document))
enhance(document)

function enhance(root) {
  for (const form of root.querySelectorAll('form[data-columns]:not([data-ready])')) {
    form.dataset.ready = ''
    form.addEventListener('change', ({ target }) => target.name === 'columns' && place(form, target))
    form.addEventListener('click', ({ target }) => move(target.closest('[data-column-up], [data-column-down]')))
    form.querySelector('[data-columns-search]').addEventListener('input', ({ target }) => search(form, target.value))
    form.addEventListener('keydown', (event) => event.key === 'Enter' && event.target.type === 'search' && event.preventDefault())
    draggable(form)
  }
}

/** A field that is shown no more goes to where the others are, so that it can be ticked again at once. */
function place(form, tick) {
  const option = tick.closest('[data-column]')
  const list = tick.checked ? form.querySelector('[data-columns-shown]') : form.querySelector('[data-columns-more] ul')
  if (!list) return
  if (tick.checked) list.append(option)
  else list.prepend(option)
  tick.focus()
}

function move(button) {
  const option = button?.closest('[data-columns-shown] > li')
  if (!option) return
  const up = 'columnUp' in button.dataset
  const neighbour = up ? option.previousElementSibling : option.nextElementSibling
  if (!neighbour) return
  if (up) neighbour.before(option)
  else neighbour.after(option)
  button.focus()
}

function search(form, typed) {
  const wanted = typed.trim().toLowerCase()
  const options = [...form.querySelectorAll('[data-column]')]
  for (const option of options) option.hidden = !option.dataset.column.toLowerCase().includes(wanted)
  for (const group of form.querySelectorAll('fieldset')) group.hidden = !group.querySelector('[data-column]:not([hidden])')
  form.querySelector('[data-columns-none]').hidden = options.some(({ hidden }) => !hidden)
}

async function draggable(form) {
  const { default: Sortable } = await import(form.dataset.sortable)
  Sortable.create(form.querySelector('[data-columns-shown]'), { handle: '.column-grip', animation: 120, ghostClass: 'column-ghost' })
}
