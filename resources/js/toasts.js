// Short words about what just happened. Good news leaves by itself, bad news stays until it is closed.
const SHOWN_MS = 5000

document.addEventListener('toast', ({ detail }) => toast(detail.message, detail.kind))

document.addEventListener('htmx:response:error', ({ detail }) => {
  const { status, headers } = detail.ctx.response
  if (status === 422 || status === 409 || headers?.get?.('HX-Redirect')) return
  if (headers?.get?.('HX-Trigger')?.includes('"toast"')) return
  toast(words().failed, 'error')
})

document.addEventListener('htmx:error', () => toast(words().offline, 'error'))

const words = () => document.getElementById('toasts').dataset

export function toast(text, kind = 'success') {
  const box = document.createElement('div')
  box.className = `toast toast-${kind}`
  const line = document.createElement('p')
  line.textContent = text
  box.append(line, closeButton(box))
  document.getElementById('toasts').append(box)
  if (kind !== 'error') setTimeout(() => box.remove(), SHOWN_MS)
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
