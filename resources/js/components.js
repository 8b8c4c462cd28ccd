// Alpine components by name: its CSP build reads no code from attributes.
document.addEventListener('alpine:init', () => {
  Alpine.data('shell', shell)
  Alpine.data('pop', pop)
  Alpine.data('confirmed', confirmed)
})

/** The menu, which on a narrow screen slides in over the page. */
function shell() {
  return {
    open: false,
    toggle() {
      this.open = !this.open
      if (this.open) this.$nextTick(() => document.querySelector('.side-close').focus())
    },
    close() {
      this.open = false
    },
    init() {
      rememberGroups(this.$root)
      this.$root.addEventListener('keydown', ({ key }) => key === 'Escape' && this.close())
    },
  }
}

/** A group of the menu stays as the person left it. */
function rememberGroups(root) {
  const key = 'menu'
  const closed = new Set(JSON.parse(localStorage.getItem(key) ?? '[]'))
  for (const group of root.querySelectorAll('[data-menu-group]')) {
    if (closed.has(group.dataset.menuGroup) && !group.querySelector('[aria-current]')) group.open = false
    group.addEventListener('toggle', () => {
      closed[group.open ? 'delete' : 'add'](group.dataset.menuGroup)
      localStorage.setItem(key, JSON.stringify([...closed]))
    })
  }
}

/** A <details> used as a menu: it closes when one looks elsewhere. */
function pop() {
  return {
    shut() {
      this.$root.open = false
    },
  }
}

/** A form that asks before it is sent. */
function confirmed() {
  return {
    ask(event) {
      if (!confirm(this.$root.dataset.confirm)) event.preventDefault()
    },
  }
}
