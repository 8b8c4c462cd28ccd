import { type ObjectDefinition, type Values } from '#core/objects'

/** What the inputs of a new row hold before anybody types. */
export async function initialValues(object: ObjectDefinition): Promise<Values> {
  const values: Values = {}
  for (const name of object.create ?? []) {
    const { initial } = object.fields.get(name)!
    if (initial !== undefined) values[name] = typeof initial === 'function' ? await initial() : initial
  }
  return values
}
