export { type PayloadType, type Signal } from './signal.js'
export { type Context } from './publish.js'
export { defineSignal, type Publication, type PublishableSignal } from './define_signal.js'
export { signals } from './registry.js'
