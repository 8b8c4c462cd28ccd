// A thin line at the top while anything is on its way; it shows itself only after 300 ms (components.css).
let running = 0
let bar

document.addEventListener('htmx:before:request', () => {
  running += 1
  if (bar) return
  bar = document.createElement('div')
  bar.className = 'busy-bar'
  document.body.append(bar)
})

document.addEventListener('htmx:finally:request', () => {
  running = Math.max(0, running - 1)
  if (running) return
  bar?.remove()
  bar = undefined
})
