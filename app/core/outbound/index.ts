export { call, type Call } from './call.js'
export { CallFailed, CallRefused } from './refusals.js'
export { targetOf } from './target.js'
