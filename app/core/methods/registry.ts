import { NamedRegistry } from '#core/objects'
import { type Method } from './method.js'

/** Every method that a section declares. */
export const methods = new NamedRegistry<Method>('method')
