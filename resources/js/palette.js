// The search from anywhere: a dialog with one field (combobox); the server draws what was found.
const palette = document.getElementById('palette')
const field = palette?.querySelector('[role=combobox]')
const lines = () => [...palette.querySelectorAll('[role=option]')]

let chosen = 0

export function openPalette() {
  if (!palette || palette.open) return
  palette.showModal()
  field.select()
  field.form.dispatchEvent(new Event('palette:open'))
}

document.addEventListener('click', (event) => {
  const opener = event.target.closest?.('[data-palette-open]')
  if (!opener || !palette || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  openPalette()
})

palette?.addEventListener('click', ({ target }) => {
  if (target === palette || target.closest('[data-palette-close]')) palette.close()
})

palette?.addEventListener('htmx:after:swap', () => {
  choose(0)
  palette.querySelector('[data-palette-count]').textContent = palette.querySelector('[data-count]')?.dataset.count ?? ''
})

palette?.addEventListener('pointermove', ({ target }) => {
  const at = lines().indexOf(target.closest('[role=option]'))
  if (at >= 0 && at !== chosen) choose(at, false)
})

const steps = { ArrowDown: 1, ArrowUp: -1 }

field?.addEventListener('keydown', (event) => {
  if (event.isComposing) return
  if (event.key in steps) {
    event.preventDefault()
    const { length } = lines()
    choose((chosen + steps[event.key] + length) % length)
  } else if (event.key === 'Enter') {
    event.preventDefault()
    follow(lines()[chosen], event.ctrlKey || event.metaKey)
  }
})

/** The chosen line, for eyes and for screen readers; the focus stays in the field. */
function choose(at, reveal = true) {
  chosen = at || 0
  for (const [index, line] of lines().entries()) line.setAttribute('aria-selected', String(index === chosen))
  const line = lines()[chosen]
  if (line) field.setAttribute('aria-activedescendant', line.id)
  else field.removeAttribute('aria-activedescendant')
  if (reveal) line?.scrollIntoView({ block: 'nearest' })
}

/** What was typed last may still be on its way: then Enter waits for it, so that it opens what the person meant. */
function follow(line, aside) {
  if (underWay) return (waiting = aside ? 'aside' : 'here')
  if (!line) return
  if (aside && line.href) window.open(line.href, '_blank', 'noopener')
  else line.click()
}

let underWay = false
let waiting
/** The request that goes last, and what it asks for: the answer to an earlier one is not what the person waits for. */
let last = { ctx: undefined, text: '' }

field?.addEventListener('input', () => (underWay = true))
palette?.addEventListener('htmx:before:request', ({ detail: { ctx } }) => (last = { ctx, text: field.value }))
palette?.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  if (ctx !== last.ctx || field.value !== last.text) return
  underWay = false
  const meant = waiting
  waiting = undefined
  if (meant && palette.open) follow(lines()[chosen], meant === 'aside')
})

/** A line that a script of the page does: the sheet of keys. */
palette?.addEventListener('click', (event) => {
  const line = event.target.closest('[data-does]')
  if (!line || event.ctrlKey) return
  event.preventDefault()
  palette.close()
  document.dispatchEvent(new CustomEvent(`does:${line.dataset.does}`))
})
