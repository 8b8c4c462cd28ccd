export { actionsFor, changeableFields } from './actions.js'
export { bulkJob } from './bulk_job.js'
export { findBulk, type Selection } from './bulk_run.js'
export { requestBulk } from './request_bulk.js'
