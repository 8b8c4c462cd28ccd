import { BLACK, mixed, readableOn, WHITE } from './colour.js'

/** The darkest and lightest grounds on which words stand, per theme: `--surface-sunk`, `--surface` of resources/css/tokens.css. */
const LIGHT_GROUNDS = ['#f0f2f8', WHITE]
const DARK_GROUND = '#222a39'
const DARK_INK = '#0d1120'

/** The colour of the company in the roles of tokens.css, each made as light or dark as reading it takes. */
export function brandCss(colour: string): string {
  const softLight = mixed(colour, WHITE, 0.9)
  const softDark = mixed(DARK_GROUND, colour, 0.3)
  const dark = readableOn([DARK_INK, DARK_GROUND], colour, WHITE)
  const darkRoles = {
    'accent': dark,
    'accent-ink': readableOn([DARK_GROUND, softDark], colour, WHITE),
    'accent-soft': softDark,
    'on-accent': DARK_INK,
  }
  return [
    rule(`:root,[data-bs-theme='light']`, {
      'accent': colour,
      'accent-ink': readableOn([...LIGHT_GROUNDS, softLight], colour, BLACK),
      'accent-soft': softLight,
      'on-accent': WHITE,
    }),
    rule(`[data-bs-theme='dark']`, darkRoles),
    `@media (prefers-color-scheme:dark){${rule(`[data-bs-theme='system']`, darkRoles)}}`,
  ].join('\n')
}

function rule(selector: string, roles: Record<string, string>) {
  const lines = Object.entries(roles).map(([role, value]) => `--${role}:${value}`)
  return `${selector}{${lines.join(';')}}`
}
