import { Liquid } from 'liquidjs'

/** Milliseconds of one cell by the clock. */
const RENDER_LIMIT = 100
/** On a busy machine the clock of any cell may stand still for a moment, so no row is refused before a second, patient try. */
const PATIENT_LIMIT = 2_000

/** Limits of one cell: a template is typed by people, and a file has a million rows. */
const engine = new Liquid({
  ownPropertyOnly: true,
  relativeReference: false,
  strictFilters: true,
  parseLimit: 10_000,
  renderLimit: RENDER_LIMIT,
  memoryLimit: 100_000,
  fs: nothingToInclude(),
})

export type Row = Record<string, string>

/** A template as a function of a row; columns are variables, those with odd names stand in `row`. Throws what Liquid says. */
export function compileTemplate(template: string): (row: Row) => string {
  const parsed = engine.parse(template)
  return (row) => {
    const scope = { ...row, row }
    try {
      return engine.renderSync(parsed, scope) as string
    } catch (error) {
      if (!/render limit exceeded/.test((error as Error).message)) throw error
      return engine.renderSync(parsed, scope, { renderLimit: PATIENT_LIMIT }) as string
    }
  }
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
