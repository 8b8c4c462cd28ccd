import { hidden, objects, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { isGroup, isRelation, type Condition, type FilterNode, type Group, type RelationCondition } from './ast.js'
import { summed } from './bind.js'
import { type BuilderOptions } from './builder_options.js'
import { ChoiceLists, type Choices } from './choices.js'
import { labelOfRelation } from './describe.js'
import { RELATION } from './draft.js'
import { fieldAt } from './field_path.js'
import { inputs } from './inputs.js'
import { type FilterError, type Part } from './invalid_filter.js'
import { moved } from './move_node.js'
import { operatorsFor, type Operator } from './operators.js'
import { compareOperators, relationOperators } from './relation_operators.js'
import { fieldIn, kindOf } from './settle.js'
import { optionOf, subjectsOf, type Option, type OptionGroup } from './subjects.js'

/** One drawing of a builder: each list is put together once, however many conditions show it. */
export class Drawing {
  #choices: ChoiceLists
  #subjects = new Map<string, OptionGroup[]>()
  #folders = new Map<string, Promise<Option[]>>()
  #root?: Group

  constructor(
    readonly reader: Reader,
    readonly options: BuilderOptions & { sync: Record<string, string> },
    readonly problems: FilterError[]
  ) {
    this.#choices = new ChoiceLists(reader)
  }

  async group(group: Group, object: ObjectDefinition, path: string): Promise<object> {
    this.#root ??= group
    const nodes = []
    for (const [index, node] of group.of.entries()) nodes.push(await this.node(node, object, path ? `${path}.${index}` : `${index}`))
    return { kind: 'group', ...this.place(path), logic: group.logic, nodes, folders: await this.folders(object) }
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
      ...this.subject(object, subject),
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
      ...this.subject(object, RELATION + node.relation),
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

  /** The list itself stands once in the builder (`lists`); a condition names it and shows what was chosen. */
  subject(object: ObjectDefinition, chosen: string) {
    const groups = this.subjects(object)
    const found = groups.flatMap(({ options }) => options).find(({ value }) => value === chosen)
    const told = found ?? (chosen && fieldIn(object, chosen) ? optionOf(fieldAt(object, chosen), this.reader) : undefined)
    return { subject: chosen, chosen: told, list: `${this.options.name}-subjects-${object.name}`, subjects: this.options.plain ? groups : [] }
  }

  subjects(object: ObjectDefinition): OptionGroup[] {
    const known = this.#subjects.get(object.name) ?? subjectsOf(object, this.reader)
    this.#subjects.set(object.name, known)
    return known
  }

  /** The lists of fields that conditions name. */
  lists() {
    return [...this.#subjects].map(([object, groups]) => ({ id: `${this.options.name}-subjects-${object}`, groups }))
  }

  folders(object: ObjectDefinition): Promise<Option[]> {
    const known = this.#folders.get(object.name) ?? this.options.folders?.(object) ?? Promise.resolve([])
    this.#folders.set(object.name, known)
    return known
  }

  measurable(object: ObjectDefinition): Option[] {
    const fields = [...object.fields.values()].filter((field) => summed(field) && !hidden(field, this.reader))
    return fields.map((field) => optionOf({ hops: [], field }, this.reader))
  }

  labels(rows: { name: string }[]): Option[] {
    return rows.map(({ name }) => ({ value: name, label: this.reader.t(`operators.${name}`) }))
  }

  place(path: string) {
    const key = path ? `${this.options.name}-${path.replaceAll('.', '-')}` : this.options.name
    const focus = this.options.after?.focus
    return {
      path,
      key,
      id: key,
      errors: this.errors(path),
      focus: focus?.path === path ? focus.part : '',
      stays: this.stays(path),
      /** A changed value brings its own problem along, or takes it away. */
      sync: { ...this.options.sync, 'hx-select-oob': `#${key}-error` },
    }
  }

  /** At an end that a move cannot pass, its button says so. */
  stays(path: string) {
    const steps = path.split('.').filter(Boolean).map(Number)
    const still = (by: 1 | -1) => moved(this.#root!, steps, by).steps === steps
    return { up: still(-1), down: still(1) }
  }

  errors(path: string): Partial<Record<Part, string>> {
    const here = this.problems.filter((problem) => problem.path === path)
    return Object.fromEntries(here.map(({ part, code, params }) => [part, this.reader.t(`validator.${code}`, params)]))
  }
}
