import { BLACK, mixed, readableOn, WHITE } from './colour.js'

/** The darkest and lightest grounds on which words stand, per theme: `--surface-sunk`, `--surface` of resources/css/tokens.css. */
const LIGHT_GROUNDS = ['#f0f2f8', WHITE]
const DARK_GROUND = '#222a39'
const DARK_INK = '#0d1120'

/** The colour of the company in the roles of tokens.css, each made as light or dark as reading it takes. */
export function brandCss(colour: string): string {
  const softLight = mixed(colour, WHITE, 0.9)
  const softDark = mixed(DARK_GROUND, colour, 0.3)
  const roles: Record<string, [light: string, dark: string]> = {
    'accent': [colour, readableOn([DARK_INK, DARK_GROUND], colour, WHITE)],
    'accent-ink': [readableOn([...LIGHT_GROUNDS, softLight], colour, BLACK), readableOn([DARK_GROUND, softDark], colour, WHITE)],
    'accent-soft': [softLight, softDark],
    'on-accent': [WHITE, DARK_INK],
  }
  return `:root{${Object.entries(roles).map(([role, [light, dark]]) => `--${role}:light-dark(${light},${dark})`).join(';')}}`
}
