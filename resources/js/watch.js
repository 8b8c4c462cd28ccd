import { toast } from './toasts.js'

// Work that goes on while the person does: whoever starts it says `watch` with an address, which is asked until it is over, on
// whatever page they are by then.
const KEY = 'watched'
const EVERY_MS = 2500

const watched = () => JSON.parse(localStorage.getItem(KEY) ?? '[]')
const keep = (addresses) => localStorage.setItem(KEY, JSON.stringify(addresses))

document.addEventListener('watch', ({ detail }) => {
  keep([...new Set([...watched(), detail.address])])
  setTimeout(look, 600)
})

setInterval(look, EVERY_MS)

async function look() {
  if (document.hidden) return
  await Promise.all(watched().map(ask))
}

async function ask(address) {
  const response = await fetch(address, { headers: { Accept: 'application/json' } }).catch(() => undefined)
  if (!response || response.status >= 500) return
  const state = response.ok ? await response.json() : { finished: true }
  /** Of several tabs that hear of the end, one tells it. */
  if (!state.finished || !watched().includes(address)) return
  keep(watched().filter((one) => one !== address))
  if (state.message) toast(state.message, state.kind, undefined, state.link)
  if (state.changed) document.body.dispatchEvent(new CustomEvent(`${state.changed}:changed`, { bubbles: true }))
}
