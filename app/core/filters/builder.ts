import { sql } from '#core/database'
import { type ObjectDefinition, type Reader } from '#core/objects'
import { everything, type Group } from './ast.js'
import { bind } from './bind.js'
import { type BuilderOptions } from './builder_options.js'
import { type Changed } from './change_draft.js'
import { compile } from './compile.js'
import { describe } from './describe.js'
import { Drawing } from './drawing.js'
import { InvalidFilter, type FilterError } from './invalid_filter.js'
import { knownTo } from './known_to.js'
import { clock } from './operand.js'

/** What the templates of the builder draw: every list chosen, every word said. What the reader may not ask begins anew. */
export async function builder(asked: Group, object: ObjectDefinition, reader: Reader, options: BuilderOptions) {
  const draft = knownTo(reader, asked, object) ? asked : everything
  const all = problemsOf(draft, object, reader)
  const told = options.strict ? all : all.filter(({ code }) => code !== 'required')
  const id = `${options.name}-builder`
  const address = `/filters/${object.path ?? object.name}`
  const drawing = new Drawing(reader, { ...options, sync: syncing(id, address) }, told)
  const whole = !all.length
  return {
    ...options,
    id,
    address,
    /** A section is left without its folder too; a detail has a button of its own. */
    reset: !options.to || options.to.split('?')[0] === `/${object.path}` ? `/${object.path}?folder=all` : undefined,
    json: JSON.stringify(draft),
    sentence: whole ? await describe(draft, object, reader) : '',
    counts: whole,
    sql: whole && draft.of.length && options.showsSql ? statement(draft, object, reader) : undefined,
    empty: !draft.of.length,
    problems: told.length ? reader.t('filters.builder.problems', { count: told.length }) : '',
    refused: refusal(options.after?.refused, reader),
    root: await drawing.group(draft, object, ''),
    lists: drawing.lists(),
  }
}

function problemsOf(draft: Group, object: ObjectDefinition, reader: Reader): FilterError[] {
  try {
    bind(draft, object, clock(reader.timezone), reader)
    return []
  } catch (error) {
    if (error instanceof InvalidFilter) return error.errors
    throw error
  }
}

function refusal(refused: Changed['refused'], reader: Reader) {
  return refused && reader.t(`validator.${refused.code}`, { max: refused.max })
}

/** To be read, not run: the values stand beside it. */
function statement(draft: Group, object: ObjectDefinition, { timezone }: Reader) {
  const { text, values } = sql`${compile(draft, object, { timezone })}`
  return { text: text.replace(/\n\s+/g, '\n'), values: values.map((value, index) => `$${index + 1} = ${JSON.stringify(value)}`).join('\n') }
}

/** A typed value refreshes the words and the JSON only, so that nobody loses the input in which they type. */
function syncing(id: string, address: string) {
  return {
    'hx-post': address,
    'hx-trigger': 'change, input changed delay:600ms',
    'hx-target': `#${id}-summary`,
    'hx-select': `#${id}-summary`,
    'hx-swap': 'outerHTML',
    'hx-sync': `#${id}:replace`,
  }
}
