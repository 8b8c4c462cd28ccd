export { members, recount } from './recount.js'
export { segmentOf } from './segment.js'
export { define } from './define.js'
export { versionRows } from './version_rows.js'
