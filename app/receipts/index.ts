export { receiptAdded } from './signals.js'
