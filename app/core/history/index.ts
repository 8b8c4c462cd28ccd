export { labelled, tellChanges, type Changes } from './tell_changes.js'
export { changesInShort } from './changes_in_short.js'
