import { hidden, objects, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { everything, isGroup, isRelation, type Condition, type FilterNode, type Group, type RelationCondition } from './ast.js'
import { bind, summed } from './bind.js'
import { ChoiceLists, type Choices } from './choices.js'
import { describe, labelOfRelation } from './describe.js'
import { RELATION } from './draft.js'
import { fieldAt } from './field_path.js'
import { InvalidFilter, type FilterError, type Part } from './invalid_filter.js'
import { knownTo } from './known_to.js'
import { clock } from './operand.js'
import { operatorsFor, type Operator } from './operators.js'
import { compareOperators, relationOperators } from './relation_operators.js'
import { fieldIn, kindOf } from './settle.js'
import { optionOf, subjectsOf, type Option, type OptionGroup } from './subjects.js'

export interface BuilderOptions {
  /** Prefix of the inputs, and the name of the field that holds the filter as JSON. */
  name: string
  /** With Apply and Reset, above a list; else a part of the form around it. */
  applies: boolean
  /** Also tells what is not filled in yet, and not only what is wrong. */
  strict?: boolean
  focus?: Focus
}

/** The input at which the person goes on. */
export interface Focus {
  path: string
  part: Part
}

/** What the templates of the builder draw: every list chosen, every word said. What the reader may not ask begins anew. */
export async function builder(asked: Group, object: ObjectDefinition, reader: Reader, options: BuilderOptions) {
  const draft = knownTo(reader, asked, object) ? asked : everything
  const all = problemsOf(draft, object, reader)
  const told = options.strict ? all : all.filter(({ code }) => code !== 'required')
  const drawing = new Drawing(reader, options, told)
  const id = `${options.name}-builder`
  const address = `/filters/${object.path ?? object.name}`
  return {
    ...options,
    id,
    address,
    sync: syncing(id, address),
    section: object.path && `/${object.path}`,
    json: JSON.stringify(draft),
    sentence: all.length ? '' : await describe(draft, object, reader),
    empty: !draft.of.length,
    problems: told.length ? reader.t('filters.builder.problems', { count: told.length }) : '',
    root: await drawing.group(draft, object, ''),
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

class Drawing {
  #choices: ChoiceLists
  #subjects = new Map<string, OptionGroup[]>()

  constructor(
    readonly reader: Reader,
    readonly options: BuilderOptions,
    readonly problems: FilterError[]
  ) {
    this.#choices = new ChoiceLists(reader)
  }

  async group({ logic, of }: Group, object: ObjectDefinition, path: string): Promise<object> {
    const nodes = []
    for (const [index, node] of of.entries()) nodes.push(await this.node(node, object, path ? `${path}.${index}` : `${index}`))
    return { kind: 'group', ...this.place(path), logic, nodes }
  }

  node(node: FilterNode, object: ObjectDefinition, path: string): Promise<object> {
    if (isGroup(node)) return this.group(node, object, path)
    return isRelation(node) ? this.relation(node, object, path) : this.condition(node, object, path)
  }

  async condition({ field: subject, operator: name, value = [] }: Condition, object: ObjectDefinition, path: string) {
    const field = fieldIn(object, subject)
    const fitting = field ? operatorsFor(field) : []
    const operator = fitting.find((one) => one.name === name) ?? fitting[0]
    return {
      kind: 'condition',
      ...this.place(path),
      subject,
      subjects: this.subjects(object, subject),
      operator: operator?.name,
      operators: this.labels(fitting),
      value: field && operator && (await this.value(field, operator, value)),
    }
  }

  async relation(node: RelationCondition, object: ObjectDefinition, path: string) {
    const relation = objects.relations(object).find(({ name }) => name === node.relation)
    const operator = relationOperators.find(({ name }) => name === node.operator) ?? relationOperators[0]
    const compare = compareOperators.find(({ name }) => name === node.compare) ?? compareOperators[3]
    const where = node.where ?? { logic: 'and' as const, of: [] }
    const measured = relation && node.field ? relation.object.fields.get(node.field) : undefined
    return {
      kind: 'relation',
      ...this.place(path),
      subject: RELATION + node.relation,
      subjects: this.subjects(object, RELATION + node.relation),
      operator: operator.name,
      operators: this.labels(relationOperators),
      measure: operator.measure,
      measured: node.field ?? '',
      measurable: relation && this.measurable(relation.object),
      compare: compare.name,
      compares: this.labels(compareOperators),
      value: operator.measure && inputs(compare.arity, measured?.type.name ?? 'integer', node.value ?? []),
      title: relation && this.reader.t('filters.builder.where', { relation: labelOfRelation(relation, this.reader) }),
      where: relation && operator.nested && (await this.group(where, relation.object, path)),
    }
  }

  async value(field: Field, operator: Operator, values: string[]) {
    const choices: Choices = operator.arity ? await this.#choices.of(field, values) : { options: [] }
    const type = operator.days ? 'days' : choices.options.length || choices.remote ? 'choice' : field.type.name
    return { ...inputs(operator.arity, type, values), kind: kindOf(field, operator), ...choices }
  }

  /** The list of an object is put together once, however many conditions show it. */
  subjects(object: ObjectDefinition, chosen: string): OptionGroup[] {
    const known = this.#subjects.get(object.name) ?? subjectsOf(object, this.reader)
    this.#subjects.set(object.name, known)
    const offered = known.some(({ options }) => options.some(({ value }) => value === chosen))
    const field = !offered && chosen && fieldIn(object, chosen)
    return field ? [{ label: '', options: [optionOf(fieldAt(object, chosen), this.reader)] }, ...known] : known
  }

  measurable(object: ObjectDefinition): Option[] {
    return [...object.fields.values()].filter((field) => summed(field) && !hidden(field, this.reader)).map((field) => optionOf({ hops: [], field }, this.reader))
  }

  labels(rows: { name: string }[]): Option[] {
    return rows.map(({ name }) => ({ value: name, label: this.reader.t(`operators.${name}`) }))
  }

  place(path: string) {
    const key = path ? `${this.options.name}-${path.replaceAll('.', '-')}` : this.options.name
    return { path, key, id: key, errors: this.errors(path), focus: this.options.focus?.path === path ? this.options.focus.part : '' }
  }

  errors(path: string): Partial<Record<Part, string>> {
    const here = this.problems.filter((problem) => problem.path === path)
    return Object.fromEntries(here.map(({ part, code, params }) => [part, this.reader.t(`validator.${code}`, params)]))
  }
}

/** A typed value refreshes the words and the JSON only, so that nobody loses the input in which they type. */
function syncing(id: string, address: string) {
  return {
    'hx-post': address,
    'hx-trigger': 'change',
    'hx-target': `#${id}-summary`,
    'hx-select': `#${id}-summary`,
    'hx-swap': 'outerHTML',
    'hx-sync': `#${id}:replace`,
  }
}

/** Inputs by the number of values: none, one, two, or a list. A moment is asked for as a day until a time is given. */
function inputs(arity: Operator['arity'], ofType: string, values: string[]) {
  const timed = values.some((value) => value.includes('T'))
  const type = ofType === 'datetime' && !timed ? 'date' : ofType
  return {
    arity,
    type,
    attributes: attributes[type] ?? { type: 'text' },
    look: ['text', 'choice'].includes(type) ? '' : 'builder-short',
    values: arity === 2 ? [values[0] ?? '', values[1] ?? ''] : values,
    first: values[0] ?? '',
  }
}

const attributes: Record<string, Record<string, string>> = {
  date: { type: 'date', min: '1900-01-01', max: '2200-12-31' },
  datetime: { type: 'datetime-local', min: '1900-01-01T00:00', max: '2200-12-31T23:59' },
  integer: { type: 'text', inputmode: 'numeric' },
  decimal: { type: 'text', inputmode: 'decimal' },
  money: { type: 'text', inputmode: 'decimal' },
  days: { type: 'text', inputmode: 'numeric', maxlength: '5' },
}
