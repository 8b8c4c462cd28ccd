import { DateTime } from 'luxon'
import { fieldTypes, hidden, labelOf, nameOf, objects, plain, worded, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { type Group } from './ast.js'
import { bind, closedOn, type BoundCondition, type BoundGroup, type BoundNode, type BoundRelation } from './bind.js'
import { type FieldPath } from './field_path.js'
import { InvalidFilter } from './invalid_filter.js'
import { clock, type Operand } from './operand.js'
import { titlesIn, type Titles } from './reference_titles.js'

/**
 * A filter in plain words: "City is “Riga” and there are receipts where total > 1,000". Titles of referenced rows take one query
 * for each object. Values that the reader may not see are left out of the sentence. A filter that no longer fits its object is told as such, so that pages with it stand.
 */
export async function describe(group: Group, object: ObjectDefinition, reader: Reader): Promise<string> {
  try {
    const bound = bind(group, object, clock(reader.timezone), plain)
    return sentence(bound, { reader, titles: await titlesIn(bound, reader) })
  } catch (error) {
    if (error instanceof InvalidFilter) return reader.t('filters.unreadable')
    throw error
  }
}

/** Each condition of the outermost group by itself, in its order. */
export async function describeEach(group: Group, object: ObjectDefinition, reader: Reader): Promise<string[]> {
  const told = group.of.map((node) => describe({ logic: 'and', of: [node] }, object, reader))
  return Promise.all(told)
}

interface Telling {
  reader: Reader
  titles: Titles
}

function sentence(group: BoundGroup, telling: Telling): string {
  return group.of.length ? clauses(group, telling) : telling.reader.t('filters.everything')
}

/** What is nested or runs on ("where ...") stands in brackets, unless nothing follows that it could swallow. */
function clauses({ logic, of }: BoundGroup, telling: Telling): string {
  const told = of.map((node, index) => {
    const words = clause(node, telling)
    return of.length > 1 && runsOn(node, index === of.length - 1) ? `(${words})` : words
  })
  return told.join(` ${telling.reader.t(`filters.${logic}`)} `)
}

function runsOn(node: BoundNode, last: boolean) {
  if ('of' in node) return node.of.length > 1
  return 'relation' in node && node.where.of.length > 0 && !last
}

function clause(node: BoundNode, telling: Telling): string {
  if ('of' in node) return clauses(node, telling)
  return 'relation' in node ? relationClause(node, telling) : conditionClause(node, telling)
}

function conditionClause({ path, operator, operands, values }: BoundCondition, telling: Telling): string {
  const { reader } = telling
  if (closedOn(path, reader)) return withheld(path, operator, reader)
  const [value, to] = operator.days ? values : operands.map((one) => shown(one, path.field, telling))
  const list = operator.arity === 'many' ? operands.map((one) => shown(one, path.field, telling)).join(', ') : ''
  return reader.t(`filters.phrases.${operator.name}`, { subject: labelOfPath(path, reader), value, to, list })
}

/** "Surname is …": a saved filter asks about personal data of which this reader learns only that it is asked about. */
function withheld(path: FieldPath, { name, arity }: BoundCondition['operator'], reader: Reader): string {
  const value = arity ? COVER : ''
  return reader.t(`filters.phrases.${name}`, { subject: labelOfPath(path, reader), value, to: value, list: value })
}

const COVER = '•••'

function relationClause({ relation, operator, where, compare, measured, operands }: BoundRelation, telling: Telling): string {
  const { reader } = telling
  const name = midSentence(labelOfRelation(relation, reader))
  const conditions = where.of.length > 1 ? `(${clauses(where, telling)})` : clauses(where, telling)
  const rows = where.of.length ? reader.t('filters.where', { relation: name, conditions }) : name
  const said = { relation: rows, field: measured ? labelOf(measured, reader) : '' }
  if (!compare) return reader.t(`filters.phrases.${operator.name}`, said)

  const subject = reader.t(`filters.phrases.${operator.name}`, said)
  const [value, to] = operands.map((one) => (reader.reads(relation.object.name) ? amount(one, measured, telling) : COVER))
  return reader.t(`filters.phrases.${compare.name}`, { subject, value, to, list: '' })
}

function amount(one: Operand, field: Field | undefined, telling: Telling): string {
  if (!field) return String(one.value)
  return hidden(field, telling.reader) ? COVER : shown(one, field, telling)
}

/** "Receipts" become "receipts", while "SMS" stay as they are. */
function midSentence(words: string) {
  return /^\p{Lu}(?!\p{Lu})/u.test(words) ? words[0].toLowerCase() + words.slice(1) : words
}

/** "Good, Category, Name": the way to a field as people call its steps. */
export function labelOfPath({ hops, field }: FieldPath, reader: Reader): string {
  return [...hops, field].map((one) => labelOf(one, reader)).join(' › ')
}

/** The other side names the relation where it is known: `user.relations.receipts`, else "Receipts". */
export function labelOfRelation(relation: { name: string; object: ObjectDefinition; field: Field }, reader: Reader): string {
  return worded(reader, `${relation.field.to}.relations.${relation.name}`) ?? nameOf(relation.object, 'many', reader)
}

const date = fieldTypes.find(({ name }) => name === 'date')!

function shown({ value, wholeDay }: Operand, field: Field, { reader, titles }: Telling): string {
  if (field.to) return reader.t('filters.quoted', { text: titles.of(objects.get(field.to), value as number) })
  const written = wholeDay ? DateTime.fromISO(value as string).setZone(reader.timezone).toISODate() : value
  const words = (wholeDay ? date : field.type).show(written as never, field, reader)
  return ['text', 'choice'].includes(field.type.name) ? reader.t('filters.quoted', { text: words }) : words
}
