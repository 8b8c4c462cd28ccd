export { receiptAdded } from './signals.js'
export { refreshStatsOf } from './user_stats.js'
