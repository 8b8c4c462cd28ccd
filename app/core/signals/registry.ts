import { NamedRegistry } from '#core/objects'
import { type Signal } from './signal.js'

/** Every signal that a section declares. */
export const signals = new NamedRegistry<Signal>('signal')
