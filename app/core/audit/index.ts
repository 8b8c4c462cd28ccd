export { recordChange, type Change } from './record_change.js'
