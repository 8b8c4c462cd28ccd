export { actionsFor, changeableFields, type Action } from './actions.js'
export { bulkJob } from './bulk_job.js'
export { findBulk, type BulkRun, type FieldChange, type Selection } from './bulk_run.js'
export { requestBulk, type BulkRequest } from './request_bulk.js'
