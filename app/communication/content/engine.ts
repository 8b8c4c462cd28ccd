import { Context, Liquid, type Template } from 'liquidjs'

/** Letters, milliseconds, and cells of memory that one template may cost (its author is not always a friend). */
const limits = { parseLimit: 500_000, renderLimit: 300, memoryLimit: 2_000_000 }
/** The clock of any mail may stand still on a busy machine, so none is refused before a second, patient try. */
const PATIENT_LIMIT = 600

type Escape = (value: unknown) => string

/** Values come out through `escape`; templates live in memory only, so `include` and its like find nothing. */
function engine(escape: Escape) {
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

const escapes = {
  html: escapeHtml,
  text: (value: unknown) => String(value ?? ''),
  url: (value: unknown) => encodeURIComponent(String(value ?? '')),
}

export type Language = keyof typeof escapes

const engines = { html: engine(escapes.html), text: engine(escapes.text), url: engine(escapes.url) }

/** A template parsed once and filled for each recipient. Throws what Liquid found wrong with it. */
export class Parsed {
  #engine: Liquid
  #escape: Escape
  #templates: Template[]
  #pieces: Piece[]

  constructor(
    code: string,
    language: Language
  ) {
    this.#engine = engines[language]
    this.#escape = escapes[language]
    this.#templates = this.#engine.parse(code)
    this.#pieces = piecesOf(code, this.#templates)
  }

  fill(context: Record<string, unknown>): string {
    try {
      return this.#filled(context)
    } catch (error) {
      if (!/render limit exceeded/.test((error as Error).message)) throw error
      return this.#filled(context, { renderLimit: PATIENT_LIMIT })
    }
  }

  #filled(context: Record<string, unknown>, patience: { renderLimit?: number } = {}): string {
    /** One for all pieces, as limits are of the whole template. */
    const liquid = new Context(context, this.#engine.options, { sync: true, ...patience }, { liquid: this.#engine })
    let filled = ''
    for (const piece of this.#pieces) {
      if (typeof piece === 'string') filled += piece
      else if ('root' in piece) filled += this.#escape(valueOf(piece, context))
      else filled += this.#engine.renderSync(piece, liquid)
    }
    return filled
  }

  /** Paths that the template reads and does not make itself: `['User', 'GivenName']`. */
  paths(): unknown[][] {
    return this.#engine.globalVariableSegmentsSync(this.#templates)
  }
}

interface Macro {
  root: string
  field?: string
}

type Piece = string | Macro | Template[]

/** What needs more than its own place: tags that remember or repeat, and trimming of what stands beside. */
const REACHES_FURTHER = /\{%(?! *(if|elsif|else|endif|unless|endunless)\b)|\{\{-|-%?\}/

/** Macros begin with a capital, as no word of Liquid's own does: `true`, `size`, `first`. */
const MACRO = /^\{\{ *([A-Z]\w*)(?:\.([A-Z]\w*))? *\}\}$/

/** Text and macros need no Liquid, which takes ten times as long for them. */
function piecesOf(code: string, templates: Template[]): Piece[] {
  return REACHES_FURTHER.test(code) ? [templates] : templates.map(pieceOf)
}

function pieceOf(template: Template): Piece {
  const code = template.token.getText()
  if (!/^\{[{%]/.test(code)) return code
  const [macro, root, field] = MACRO.exec(code) ?? []
  return macro ? { root, field } : [template]
}

function valueOf({ root, field }: Macro, context: Record<string, unknown>) {
  const value = context[root]
  return field === undefined ? value : (value as Record<string, unknown> | undefined)?.[field]
}
