import { type Schema } from '#core/methods'
import { type ObjectDefinition, type Reader } from '#core/objects'
import { type Paths } from './operation.js'

export const objectPaths = (_object: ObjectDefinition, _reader: Reader): Paths => ({})
export const objectSchemas = (_object: ObjectDefinition, _reader: Reader): Record<string, Schema> => ({})
