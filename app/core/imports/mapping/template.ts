import { Liquid } from 'liquidjs'

/**
 * Tags and outputs that one cell may run through. Counted and not timed: on a busy machine the clock of any cell may stand still
 * for a moment, and an honest row would be refused.
 */
const MOST_STEPS = 10_000
/** Milliseconds; for what one step alone may cost. */
const LONGEST_RENDER = 5_000

/** Limits of one cell: a template is typed by people, and a file has a million rows. */
const engine = new Liquid({
  ownPropertyOnly: true,
  relativeReference: false,
  strictFilters: true,
  parseLimit: 10_000,
  renderLimit: LONGEST_RENDER,
  memoryLimit: 100_000,
  fs: nothingToInclude(),
})

export type Row = Record<string, string>

/** A template as a function of a row; columns are variables, those with odd names stand in `row`. Throws what Liquid says. */
export function compileTemplate(template: string): (row: Row) => string {
  const parsed = engine.parse(template)
  return (row) => engine.renderSync(parsed, { ...row, row }, { templateLimit: MOST_STEPS }) as string
}

export const isTemplate = (text: string) => /\{\{|\{%/.test(text)

function nothingToInclude() {
  const refuse = () => {
    throw new Error('A template cannot include another')
  }
  return {
    exists: async () => false,
    existsSync: () => false,
    readFile: refuse,
    readFileSync: refuse,
    resolve: (_folder: string, file: string) => file,
  }
}
