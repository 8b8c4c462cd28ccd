import { identifier, quotedName } from '#core/database'

/** Rows of a batch, one a line: `line`, `key`, `id` of the row that is there, `faults`, and fields with references resolved. */
export const batch = identifier('import_batch')
/** The id that the file says, beside the `id` of the row that is there: no field can be called so. */
export const saidId = quotedName('id.said')
/** Rows to be written, one a key: `line`, `key`, `id`, whether it is `created`, and the fields. */
export const heads = identifier('import_heads')
