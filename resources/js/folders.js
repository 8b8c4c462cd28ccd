// The saved filters beside a list: found by a part of their name, counted when asked, folded away when they are in the way.
import { keep } from './keep.js'

document.addEventListener('alpine:init', () => Alpine.data('folders', folders))

function folders() {
  return {
    typed: '',
    folded: false,
    init() {
      this.folded = this.$root.dataset.folded === '1'
    },
    fold() {
      this.folded = !this.folded
      keep(this.$root.dataset.keeps, { folders: this.folded ? 'folded' : 'open' })
    },
    search() {
      const wanted = folded(this.typed)
      for (const row of this.$root.querySelectorAll('[data-folder]')) row.hidden = !folded(row.dataset.folder).includes(wanted)
      for (const group of this.$root.querySelectorAll('[data-folders]')) group.hidden = !group.querySelector('[data-folder]:not([hidden])')
      this.$root.querySelector('[data-folders-none]').hidden = Boolean(this.$root.querySelector('[data-folder]:not([hidden])'))
    },
    count() {
      document.body.dispatchEvent(new CustomEvent('folders:count'))
    },
  }
}

const folded = (text) => text.trim().toLowerCase().replaceAll('ё', 'е')

// After a folder was pinned or moved the panel is drawn anew: the person stays at the button of the same folder.
let pressed
document.addEventListener('click', ({ target }) => {
  const tool = target.closest?.('[data-folder-tool]')
  if (tool) pressed = { id: tool.closest('[data-folder-id]').dataset.folderId, value: tool.value }
})
document.addEventListener('htmx:after:swap', ({ detail }) => {
  if (!pressed || detail.ctx?.target?.id !== 'folders-panel') return
  const row = document.querySelector(`[data-folder-id="${pressed.id}"]`)
  const tool = row?.querySelector(`[data-folder-tool][value="${pressed.value}"]`) ?? row?.querySelector('[data-folder-tool]')
  row?.querySelector('a').focus()
  tool?.focus()
  pressed = undefined
})
