// What keys do, as one table: it binds them and it draws the sheet of `?`, so that the sheet cannot lie.
// Keys are named by their place (`KeyN`), so that they work with a Russian layout too.
import { tinykeys } from '/vendor/tinykeys.js?v=4.0.0'
import { openPalette } from './palette.js'

const sheet = document.getElementById('keys')
const words = JSON.parse(sheet?.dataset.words ?? '{}')
const lettersOn = sheet?.dataset.on === 'true'

const first = (selector) => [...document.querySelectorAll(selector)].find((one) => one.checkVisibility())
const press = (selector) => ({ there: () => first(selector), run: () => first(selector)?.click() })
const focus = (selector) => ({
  there: () => first(selector),
  run: () => {
    first(selector)?.focus()
    first(selector)?.select?.()
  },
})

/** `letter`: a key without Ctrl, which never works while something is typed and which a person may turn off. */
const keys = [
  ...places(),
  { name: 'palette', group: 'everywhere', press: ['$mod+KeyK'], shown: 'Ctrl K', there: () => true, run: openPalette },
  { name: 'sheet', group: 'everywhere', press: ['Shift+?', 'Shift+Slash'], shown: '?', letter: true, there: () => sheet, run: openSheet },
  { name: 'save', group: 'here', press: ['$mod+KeyS'], shown: 'Ctrl S', there: formAtHand, run: save, always: true },
  { name: 'close', group: 'everywhere', shown: 'Esc', there: () => true },
  { name: 'search', group: 'here', press: ['Slash'], shown: '/', letter: true, ...focus('main .quick input, main [role=search] input, main input[type=search]') },
  { name: 'create', group: 'here', press: ['KeyN'], shown: 'n', letter: true, ...press('main :is(.page-head, .empty) a.btn-primary[href$="/create"]') },
  { name: 'edit', group: 'here', press: ['KeyE'], shown: 'e', letter: true, ...press('main [data-edit-card], main [data-edit-fact], main .page-head a[href$="/edit"]') },
  { name: 'filter', group: 'here', press: ['KeyF'], shown: 'f', letter: true, ...press('main [data-shows=filter]') },
  { name: 'down', group: 'list', press: ['KeyJ'], shown: 'j', letter: true, there: anyRow, run: () => step(1) },
  { name: 'up', group: 'list', press: ['KeyK'], shown: 'k', letter: true, there: anyRow, run: () => step(-1) },
  { name: 'open', group: 'list', shown: 'Enter', there: anyRow },
  { name: 'tick', group: 'list', press: ['KeyX'], shown: 'x', letter: true, there: () => first(`${ROW} input[type=checkbox]`), run: tick },
  { name: 'previous', group: 'list', press: ['BracketLeft'], shown: '[', letter: true, ...press('a#previous-page') },
  { name: 'next', group: 'list', press: ['BracketRight'], shown: ']', letter: true, ...press('a#next-page') },
]

/** `g` and the letter that the menu gives to a section. They come first: of two keys that may be meant, the longer is. */
function places() {
  return [...document.querySelectorAll('[data-go]')].map((link) => ({
    label: link.textContent.trim(),
    group: 'go',
    press: [`KeyG Key${link.dataset.go.toUpperCase()}`],
    shown: `g ${link.dataset.go}`,
    letter: true,
    there: () => true,
    run: () => link.click(),
  }))
}

/** A key that is held down goes along the rows, and does nothing else twice. */
const held = ['KeyJ', 'KeyK']

tinykeys(window, bindings(), { ignore: ({ isComposing, repeat, code }) => isComposing || (repeat && !held.includes(code)) })

function bindings() {
  const bound = {}
  for (const key of keys) {
    for (const one of key.press ?? []) bound[one] = (event) => act(key, event)
  }
  return bound
}

function act(key, event) {
  if (key.letter && (!lettersOn || isTyped(event) || document.querySelector('dialog[open]'))) return
  if (!key.there()) return
  event.preventDefault()
  key.run(event)
}

const isTyped = ({ target }) => Boolean(target.closest?.('input:not([type=checkbox], [type=radio], [type=button], [type=submit]), select, textarea, [contenteditable], .ts-wrapper'))

/* --- rows of a list --- */

const ROW = 'main tbody tr'
function rows() {
  return [...document.querySelectorAll(`${ROW}:not(.unfolded)`)].filter((row) => row.checkVisibility() && handleOf(row))
}
function anyRow() {
  return rows().length > 0
}

/** What of a row takes the focus: the link that opens it, else its pencil, else its tick. */
function handleOf(row) {
  const handles = ['[data-open]', 'a.btn-icon', 'button.unfold', 'input[type=checkbox]', 'a']
  return handles.map((handle) => row.querySelector(handle)).find(Boolean)
}

function step(by) {
  const all = rows()
  const here = all.findIndex((row) => row.contains(document.activeElement))
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)
  handleOf(all[next]).focus()
}

function tick() {
  const row = document.activeElement?.closest(ROW) ?? rows()[0]
  row?.querySelector('input[type=checkbox]')?.click()
}

/* --- what is being written --- */

/** The form in which one is, else the only one with something unsaved. */
function formAtHand() {
  const open = document.querySelector('dialog[open]') ?? document
  const within = document.activeElement?.closest('form[data-guard]')
  return within ?? open.querySelector('form[data-changed]') ?? (open === document ? null : open.querySelector('form[data-guard]'))
}

function save() {
  const form = formAtHand()
  form.requestSubmit(form.querySelector('.btn-primary[type=submit], [type=submit]'))
}

/* --- the sheet --- */

function openSheet() {
  sheet.querySelector('[data-keys]').replaceChildren(...drawn())
  sheet.showModal()
}

document.addEventListener('does:keys', () => sheet && openSheet())
sheet?.addEventListener('click', ({ target }) => {
  if (target === sheet || target.closest('[data-keys-close]')) sheet.close()
})

function drawn() {
  const working = keys.filter((key) => (lettersOn || !key.letter) && key.there())
  return ['here', 'list', 'everywhere', 'go'].flatMap((group) => {
    const these = working.filter((key) => key.group === group)
    return these.length ? [heading(words[group]), list(these)] : []
  })
}

function heading(text) {
  const head = document.createElement('h3')
  head.textContent = text
  return head
}

function list(these) {
  const all = document.createElement('dl')
  for (const { name, label, shown } of these) {
    const line = document.createElement('div')
    const what = document.createElement('dt')
    const how = document.createElement('dd')
    what.textContent = label ?? words[name]
    how.append(...shown.split(' ').map(cap))
    line.append(what, how)
    all.append(line)
  }
  return all
}

function cap(text) {
  const key = document.createElement('kbd')
  key.textContent = text
  return key
}
