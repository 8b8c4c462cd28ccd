// A reference with many rows is searched on the server: <select data-search="/references/good">.
import { takesPastedLists } from './pasted_list.js'

document.addEventListener('htmx:after:swap', () => enhance(document))
enhance(document)

export function enhance(root) {
  for (const select of root.querySelectorAll('select[data-search]')) {
    if (!select.tomselect) searchable(select)
  }
}

function searchable(select) {
  const list = new TomSelect(select, {
    valueField: 'id',
    labelField: 'title',
    searchField: [],
    maxOptions: 50,
    preload: 'focus',
    placeholder: select.dataset.placeholder,
    plugins: select.multiple ? ['remove_button'] : [],
    load(typed, show) {
      this.clearOptions()
      found(select.dataset.search, typed).then(show, () => show())
    },
    render: {
      no_results: () => words('ts-none', select.dataset.none),
      loading: () => words('ts-none', '…'),
    },
    onChange: () => select.dispatchEvent(new Event('input', { bubbles: true })),
  })
  // The list in front of it has the label; the select behind is for the form alone.
  select.setAttribute('aria-hidden', 'true')
  if (select.multiple) takesPastedLists(list, select, (line) => found(select.dataset.search, line))
  return list
}

async function found(address, typed) {
  const url = new URL(address, location.origin)
  url.searchParams.set('q', typed)
  const response = await fetch(url, { headers: { Accept: 'application/json' } })
  if (!response.ok) throw new Error(response.statusText)
  return response.json()
}

function words(name, text) {
  const line = document.createElement('div')
  line.className = name
  line.textContent = text
  return line.outerHTML
}
