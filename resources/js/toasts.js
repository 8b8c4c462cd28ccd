// Short words about what just happened. Good news leaves by itself; bad news, and what leads on, stays until it is closed.
const SHOWN_MS = 5000
const UNDO_MS = 15000

document.addEventListener('toast', ({ detail }) => toast(detail.message, detail.kind, detail.undo))

// A refusal of the server speaks for itself: in its place, at a field, or by a toast of its own.
document.addEventListener('htmx:error', () => toast(words().offline, 'error'))

const words = () => document.getElementById('toasts').dataset

/** `undo` is where what was done is taken back: such a word stays a while longer; `link` leads on, and stays until it is closed. */
export function toast(text, kind = 'success', undo, link) {
  const box = document.createElement('div')
  box.className = `toast toast-${kind}`
  const line = document.createElement('p')
  line.textContent = text
  if (link) line.append(' ', anchor(link))
  box.append(line, ...(undo ? [undoButton(box, undo)] : []), closeButton(box))
  document.getElementById('toasts').append(box)
  if (kind !== 'error' && !link) setTimeout(() => box.remove(), undo ? UNDO_MS : SHOWN_MS)
}

function undoButton(box, address) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn-small'
  button.textContent = words().undo
  button.addEventListener('click', () => {
    box.remove()
    htmx.ajax('POST', address, { target: 'body', swap: 'none' })
  })
  return button
}

function anchor({ href, label }) {
  const link = document.createElement('a')
  link.href = href
  link.textContent = label
  return link
}

function closeButton(box) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn-quiet btn-icon'
  button.textContent = '×'
  button.setAttribute('aria-label', words().close)
  button.addEventListener('click', () => box.remove())
  return button
}
