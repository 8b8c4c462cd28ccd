// Lists of fields and operators with a search inside: <select data-find>. Long lists of rows are references.js.
// A list stands as the browser draws it until somebody opens it: a filter may hold two hundred conditions.
import { takesPastedLists } from './pasted_list.js'

const FEW = 8

document.addEventListener('htmx:after:swap', enhance)
enhance()

function enhance() {
  for (const select of document.querySelectorAll('select[multiple][data-find]:not([data-search])')) {
    if (!select.tomselect) takesPastedLists(searchable(select), select)
  }
  goOn()
}

/** Where the server says that the person goes on: htmx moves the focus, but neither opens a list nor knows about the searchable ones. */
function goOn() {
  const next = document.querySelector('.builder select[autofocus]')
  next?.removeAttribute('autofocus')
  if (next?.tomselect) next.tomselect.focus()
  else if (next && next.matches('[data-list]') && !next.value) open(next)
}

document.addEventListener('pointerdown', (event) => {
  const select = listAt(event)
  if (!select || event.button) return
  event.preventDefault()
  open(select)
})

document.addEventListener('keydown', (event) => {
  const select = listAt(event)
  if (!select || event.ctrlKey || event.metaKey || event.altKey) return
  const letter = event.key.length === 1 && event.key !== ' '
  if (!letter && !['Enter', ' ', 'ArrowDown', 'ArrowUp'].includes(event.key)) return
  event.preventDefault()
  open(select, letter ? event.key : '')
})

function listAt({ target }) {
  const select = target.closest?.('select[data-find]:not([multiple], .tomselected)')
  return select && (select.dataset.list || select.options.length > FEW) ? select : undefined
}

/** The options of a list of fields stand once in the builder, in a <template>. */
function open(select, typed = '') {
  const options = document.getElementById(select.dataset.list)?.content.cloneNode(true)
  if (options) {
    const chosen = select.value
    select.replaceChildren(select.options[0], options)
    select.value = chosen
  }
  const list = searchable(select)
  list.focus()
  list.open()
  if (typed) {
    list.setTextboxValue(typed)
    list.refreshOptions()
  }
}

function searchable(select) {
  // The list in front of it has the label; the select behind is for the form alone.
  select.setAttribute('aria-hidden', 'true')
  return new TomSelect(select, {
    maxOptions: null,
    refreshThrottle: 0,
    allowEmptyOption: false,
    plugins: select.multiple ? ['remove_button'] : ['dropdown_input'],
    searchField: ['text', 'optgroup'],
    lockOptgroupOrder: true,
    ...(select.multiple ? {} : { controlInput: searchLine(select) }),
    render: { no_results: () => noResults(select) },
  })
}

function searchLine(select) {
  const input = document.createElement('input')
  input.placeholder = select.dataset.searchWords ?? ''
  input.setAttribute('aria-label', select.dataset.searchWords ?? '')
  return input
}

function noResults(select) {
  const line = document.createElement('div')
  line.className = 'ts-none'
  line.textContent = select.dataset.none ?? ''
  return line.outerHTML
}

// A press inside the builder changes the form around it, though nothing of it was sent there yet.
document.addEventListener('htmx:before:request', ({ detail }) => {
  const source = detail.ctx.sourceElement
  const guarded = source?.closest?.('.builder')?.parentElement?.closest('form[data-guard]')
  if (guarded && !source.matches('.builder, .builder-count')) guarded.dataset.changed = ''
})
