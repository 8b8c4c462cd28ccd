export { recordChange, type Change } from './record_change.js'
export { recordChangesFrom } from './record_changes_from.js'
