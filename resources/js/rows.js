// A row opens what its link opens, wherever it is clicked; the middle button and Ctrl open a new tab as links do.
document.addEventListener('click', (event) => {
  const link = linkOfRow(event)
  if (!link) return
  if (event.ctrlKey || event.metaKey) window.open(link.href, '_blank', 'noopener')
  else link.click()
})

document.addEventListener('auxclick', (event) => {
  const link = event.button === 1 && linkOfRow(event)
  if (link) window.open(link.href, '_blank', 'noopener')
})

function linkOfRow({ target }) {
  const row = target.closest?.('tr[data-opens]')
  if (!row || target.closest('a, button, input, select, label, summary, .pick') || textIsMarked()) return undefined
  return row.querySelector('[data-open]')
}

const textIsMarked = () => String(getSelection()).length > 0
