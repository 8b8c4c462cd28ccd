import { Liquid, type Template } from 'liquidjs'

/** Letters, milliseconds, and cells of memory that one template may cost (its author is not always a friend). */
const limits = { parseLimit: 500_000, renderLimit: 300, memoryLimit: 2_000_000 }

/** Values come out through `escape`; templates live in memory only, so `include` and its like find nothing. */
function engine(escape?: (value: unknown) => string) {
  const made = new Liquid({
    ...limits,
    ownPropertyOnly: true,
    strictFilters: true,
    templates: {},
    cache: false,
    outputEscape: escape,
  })
  /** `raw` would let the name of a customer into the markup of the mail. */
  made.registerFilter('raw', (value: unknown) => value)
  return made
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(value: unknown) {
  return String(value ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character])
}

const inHtml = engine(escapeHtml)
const inText = engine((value) => String(value ?? ''))
const inUrl = engine((value) => encodeURIComponent(String(value ?? '')))

const engines = { html: inHtml, text: inText, url: inUrl }

export type Language = keyof typeof engines

/** A template parsed once and filled for each recipient. Throws what Liquid found wrong with it. */
export class Parsed {
  #engine: Liquid
  #templates: Template[]

  constructor(
    code: string,
    language: Language
  ) {
    this.#engine = engines[language]
    this.#templates = this.#engine.parse(code)
  }

  fill(context: Record<string, unknown>): string {
    return this.#engine.renderSync(this.#templates, context)
  }

  /** Paths that the template reads and does not make itself: `['User', 'GivenName']`. */
  paths(): unknown[][] {
    return this.#engine.globalVariableSegmentsSync(this.#templates)
  }
}
