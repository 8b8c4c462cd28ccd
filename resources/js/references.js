// A reference with many rows is searched on the server: <select data-search="/references/good">.
document.addEventListener('htmx:after:swap', () => enhance(document))
enhance(document)

export function enhance(root) {
  for (const select of root.querySelectorAll('select[data-search]')) {
    if (!select.tomselect) searchable(select)
  }
}

function searchable(select) {
  return new TomSelect(select, {
    valueField: 'id',
    labelField: 'title',
    searchField: [],
    maxOptions: 50,
    preload: 'focus',
    placeholder: select.dataset.placeholder,
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
