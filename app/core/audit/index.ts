export { recordChange } from './record_change.js'
export { recordChangesFrom } from './record_changes_from.js'
