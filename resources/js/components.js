// Alpine components by name: its CSP build reads no code from attributes.
document.addEventListener('alpine:init', () => {
  Alpine.data('shell', shell)
  Alpine.data('pop', pop)
  Alpine.data('confirmed', confirmed)
  Alpine.data('ticks', ticks)
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
      showPlace(this.$root.querySelector('.side-menu'))
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

/** The menu is longer than the window: it stays where the person scrolled it, and the page they are on is always in sight. */
function showPlace(menu) {
  if (!menu) return
  const key = 'menu-top'
  menu.scrollTop = Number(sessionStorage.getItem(key) ?? 0)
  const seen = menu.getBoundingClientRect()
  const place = menu.querySelector('[aria-current]')?.getBoundingClientRect()
  if (place && (place.top < seen.top || place.bottom > seen.bottom)) menu.scrollTop += place.top - seen.top - seen.height / 2
  addEventListener('pagehide', () => sessionStorage.setItem(key, String(menu.scrollTop)))
}

/** A <details> used as a menu: it closes when one looks elsewhere, and by Escape, which goes back to its button. */
function pop() {
  return {
    shut({ type }) {
      if (type === 'keydown' && this.$root.open) this.$root.querySelector('summary').focus()
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

/** A table of ticks: a button ticks a whole row or column, or takes all its ticks away when none is missing. */
function ticks() {
  return {
    row() {
      turn(this.$el.closest('tr').querySelectorAll('input[type=checkbox]'))
    },
    column() {
      turn(this.$root.querySelectorAll(`input[type=checkbox][value="${this.$el.dataset.right}"]`))
    },
  }
}

function turn(all) {
  const boxes = [...all].filter((box) => !box.disabled)
  const whole = boxes.every((box) => box.checked)
  for (const box of boxes) box.checked = !whole
  boxes[0]?.dispatchEvent(new Event('input', { bubbles: true }))
}
