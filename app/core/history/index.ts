export { labelled, tellChanges, type Changes, type ToldChange } from './tell_changes.js'
export { changesInShort } from './changes_in_short.js'
