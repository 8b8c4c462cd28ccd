import { type ObjectDefinition } from '#core/objects'

/** Where fragments and writes of a row are addressed, also of an object without a section. */
export const addressOf = (object: ObjectDefinition, id: number) => `/${object.path ?? object.name}/${id}`
