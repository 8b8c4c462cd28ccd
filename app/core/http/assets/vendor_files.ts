/**
 * Files of packages that a browser may load, by the name pages use in `asset('htmx.js')`. They go
 * out as their authors shipped them: no bundler stands between.
 */
export const vendorFiles: Record<string, string> = {
  'htmx.js': 'htmx.org/dist/htmx.min.js',
  'htmx-alpine.js': 'htmx.org/dist/ext/hx-alpine-compat.min.js',
  'alpine.js': '@alpinejs/csp/dist/cdn.min.js',
  'alpine.module.js': '@alpinejs/csp/dist/module.esm.min.js',
  'tabler.css': '@tabler/core/dist/css/tabler.min.css',
  'chart.js': 'chart.js/dist/chart.umd.min.js',
  'tom-select.js': 'tom-select/dist/js/tom-select.complete.min.js',
  'tom-select.css': 'tom-select/dist/css/tom-select.bootstrap5.min.css',
  'sortable.js': 'sortablejs/modular/sortable.esm.js',
  'tinykeys.js': 'tinykeys/dist/tinykeys.mjs',
  'inter.css': '@fontsource-variable/inter/wght.css',
  ...interFonts(['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext']),
  ...interFonts(['vietnamese']),
}

/** The style sheet names its fonts relative to itself, hence the folder in the name. */
function interFonts(alphabets: string[]) {
  return Object.fromEntries(
    alphabets.map((alphabet) => {
      const file = `files/inter-${alphabet}-wght-normal.woff2`
      return [file, `@fontsource-variable/inter/${file}`]
    })
  )
}
