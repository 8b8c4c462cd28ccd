// Lists of fields and operators with a search inside: <select data-find>. Long lists of rows are references.js.
const FEW = 8

document.addEventListener('htmx:after:swap', () => enhance(document))
enhance(document)

function enhance(root) {
  for (const select of root.querySelectorAll('select[data-find]:not([data-search])')) {
    if (!select.tomselect && (select.multiple || select.options.length > FEW)) findable(select)
  }
  const next = root.querySelector('.builder select.tomselected[autofocus]')
  next?.removeAttribute('autofocus')
  next?.tomselect.focus()
}

function findable(select) {
  return new TomSelect(select, {
    maxOptions: null,
    refreshThrottle: 0,
    plugins: select.multiple ? ['remove_button'] : ['dropdown_input'],
    searchField: ['text', 'optgroup'],
    lockOptgroupOrder: true,
    render: {
      no_results: () => {
        const line = document.createElement('div')
        line.className = 'ts-none'
        line.textContent = select.dataset.none ?? ''
        return line.outerHTML
      },
    },
  })
}
