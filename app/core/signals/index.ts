export { type PayloadType, type Signal } from './signal.js'
export { defineSignal, type Publication, type PublishableSignal } from './define_signal.js'
export { signals } from './registry.js'
