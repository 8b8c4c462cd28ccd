export { identifierTypes } from './identifier_object.js'
export { normalise } from './identifiers.js'
export { resubscribe, unsubscribe, type Origin, type Subject } from './unsubscriptions.js'
