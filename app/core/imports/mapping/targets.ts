import { named, objects, type Field, type ObjectDefinition } from '#core/objects'

/** A field that a file may fill. */
export interface Target {
  field: Field
  /** Not a column of the object: only its section knows what becomes of it. */
  extra: boolean
}

/**
 * Fields that a file may fill: those that people may write, the ones that only an import knows, and `id`, by which rows are
 * found and which is never written.
 */
export function targetsOf(object: ObjectDefinition): Target[] {
  const rules = object.importable!
  const own = [...object.fields.values()].filter((field) => !field.readonly || rules.match.includes(field.name))
  const extra = Object.entries(rules.extra ?? {}).map(([name, draft]) => named(object.name, name, draft))
  return [...own.map((field) => ({ field, extra: false })), ...extra.map((field) => ({ field, extra: true }))]
}

export function targetOf(object: ObjectDefinition, name: string): Target | undefined {
  return targetsOf(object).find(({ field }) => field.name === name)
}

/** Fields of an object by which its rows may be looked up, the usual one first; `title` is what people call a row. */
export function lookupsOf(objectName: string): string[] {
  const object = objects.get(objectName)
  const keys = (object.importable?.match ?? []).filter((key) => object.fields.has(key) && key !== 'id')
  const usual = ['code', 'externalId', 'number', 'name'].filter((name) => object.fields.has(name))
  return [...new Set([...keys, ...usual, 'id', 'title'])]
}
