// Before the first paint: `system` follows the machine, and no page flashes in the wrong colours.
const root = document.documentElement
const dark = matchMedia('(prefers-color-scheme: dark)')

function paint() {
  const chosen = root.dataset.theme
  const theme = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen
  root.setAttribute('data-bs-theme', theme)
}

paint()
dark.addEventListener('change', paint)
