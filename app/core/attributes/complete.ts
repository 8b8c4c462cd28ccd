import { identifier, row, sql, type Transaction } from '#core/database'
import { expression, InvalidFields, InvalidValue, objects, table, type ObjectDefinition, type Values } from '#core/objects'
import { type Attribute, attributeOf } from './attribute.js'
import { attributeField } from './attribute_field.js'
import { codeOf, freeName, reserved } from './code_of.js'
import { readChoices, writeChoices } from './choice_list.js'
import { columnFor } from './column_of.js'

/** Names and lists below this many cost nothing that anybody would notice; beyond, every write does. */
const MOST_ATTRIBUTES = 200

/** Checks what an administrator says of a field and adds what they left open: its name, its place, the relation back. */
export async function complete(values: Values, trx: Transaction, id?: number): Promise<Values> {
  return id ? ofExisting(id, values, trx) : ofNew(values, trx)
}

async function ofNew(values: Values, trx: Transaction): Promise<Values> {
  const object = objects.get(values.object as string)
  await refuseTooMany(object, trx)
  const name = (values.name as string) || freeName(codeOf(values.label as string, 'field'), (one) => taken(object, one))
  refuseName(object, name)
  const type = values.type as string
  const target = type === 'reference' ? targetOf(values) : null
  return {
    ...values,
    name,
    ...choicesOf(values, type),
    target,
    relation: target && (await relationFor(object, name, target, trx)),
    columnName: object.attributes === 'columns' ? columnFor(object, name, type) : null,
    place: values.place ?? 'bottom',
    position: values.position ?? (await lastPosition(object, trx)) + 1,
  }
}

async function ofExisting(id: number, values: Values, trx: Transaction): Promise<Values> {
  const attribute = await attributeOf(id, trx)
  if (!attribute || !('choices' in values)) return values
  const choices = choicesOf(values, attribute.type)
  if (choices.choices) await refuseUsed(attribute, choices.choices, trx)
  return { ...values, ...choices }
}

function choicesOf({ choices }: Values, type: string): { choices: string | null } {
  if (type !== 'choice') {
    if (choices) throw InvalidFields.at('choices', 'choicesUnfit')
    return { choices: null }
  }
  try {
    return { choices: writeChoices(readChoices((choices as string | null) ?? '')) }
  } catch (error) {
    if (error instanceof InvalidValue) throw new InvalidFields({ choices: error })
    throw error
  }
}

function taken(object: ObjectDefinition, name: string) {
  return reserved(name) || object.fields.has(name) || name in (object.importable?.extra ?? {})
}

function refuseName(object: ObjectDefinition, name: string) {
  if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(name) || name in {}) throw InvalidFields.at('name', 'attributeName')
  if (taken(object, name)) throw InvalidFields.at('name', 'taken')
}

function targetOf({ target }: Values): string {
  if (!target) throw InvalidFields.at('target', 'required')
  return target as string
}

/** What the other object calls the rows that point at it: `customVehicles`, or `usersByCar` where that is taken. */
async function relationFor(object: ObjectDefinition, name: string, target: string, trx: Transaction) {
  const to = objects.get(target)
  const known = await row<{ names: string[] }>(
    sql`select coalesce(array_agg(relation), '{}') as names from attributes where target = ${target}`,
    trx
  )
  const there = new Set([...known!.names, ...objects.relations(to).map((relation) => relation.name), ...to.fields.keys()])
  const plain = codeOf(object.path ?? object.name, 'rows')
  const pointed = `${plain}By${name[0].toUpperCase()}${name.slice(1)}`.slice(0, 80)
  const first = object.attributes === 'columns' ? plain : pointed
  return freeName(there.has(first) ? pointed : first, (one) => there.has(one))
}

async function lastPosition(object: ObjectDefinition, trx: Transaction) {
  const last = await row<{ position: number }>(
    sql`select coalesce(max(position), 0) as position from attributes where object = ${object.name}`,
    trx
  )
  return last!.position
}

async function refuseTooMany(object: ObjectDefinition, trx: Transaction) {
  const counted = await row<{ count: number }>(sql`select count(*) as count from attributes where object = ${object.name}`, trx)
  if (counted!.count >= MOST_ATTRIBUTES) throw InvalidFields.at('object', 'tooManyFields', { max: MOST_ATTRIBUTES })
}

/** A value that rows hold stays in the list: its words may change, its code not. */
async function refuseUsed(attribute: Attribute, choices: string, trx: Transaction) {
  const kept = new Set(readChoices(choices).map(({ code }) => code))
  const gone = readChoices(attribute.choices!).map(({ code }) => code).filter((code) => !kept.has(code))
  if (!gone.length || !objects.has(attribute.object)) return
  const field = attributeField(attribute)
  const used = await row<{ value: string }>(
    sql`select ${expression(field, table)} as value from ${identifier(objects.get(attribute.object).table)} ${table}
      where ${expression(field, table)} = any(${gone}) limit 1`,
    trx
  )
  if (used) throw InvalidFields.at('choices', 'choiceInUse', { value: used.value })
}
