import { createReadStream } from 'node:fs'
import vine from '@vinejs/vine'
import { row, sql } from '#core/database'
import { safeName, store } from '#core/files'
import { defineMethod } from '#core/methods'
import { recordChange } from '#core/audit'
import { DomainError, InvalidFields } from '#core/objects'
import { line } from '../accounts/sent.js'
import { refuseWithdrawn } from '../consents/refuse_withdrawn.js'
import { kindOf } from './kinds.js'

const LARGEST = 10_000_000
/** Of the fields beside the file. */
const BESIDE = 100_000

/** Documents are PDF, JPEG and PNG. */
class DocumentUnread extends DomainError {
  readonly code = 'documentUnread'
  override readonly status = 415
}

/** A document of the customer: a photo of a receipt, a form that they signed. Several files with one `set` are one document (F82). */
export const uploadDocument = defineMethod({
  name: 'document/upload',
  caller: 'customer',
  files: ['file'],
  bytes: LARGEST + BESIDE,
  input: vine.create({ type: line(100).optional(), set: line(100).optional() }),
  output: vine.create({ documentId: vine.number(), status: vine.enum(['new', 'accepted', 'rejected']) }),
  example: { input: { type: 'receipt' }, output: { documentId: 4, status: 'new' } },
  refusals: { documentUnread: 415, consentWithdrawn: 403 },
  tells: { documentId: 'reference', type: 'text' },
  async prepare({ files: { file } }) {
    if (!file) throw InvalidFields.at('file', 'required')
    if (file.bytes > LARGEST) throw InvalidFields.at('file', 'documentTooLarge', { most: LARGEST / 1_000_000 })
    const contentType = await kindOf(file.path)
    if (!contentType) throw new DocumentUnread()
    return { path: file.path, name: safeName(file.name), contentType }
  },
  async run({ input, userId, source, actor, trx }, { path, name, contentType }) {
    await refuseWithdrawn(userId!, trx)
    const { type = null, set = null } = input
    const fileId = await store(createReadStream(path), { name, contentType, limit: LARGEST }, trx)
    const document = await row<{ id: number; status: 'new' }>(
      sql`insert into user_documents (user_id, file_id, source_id, name, type, set)
        values (${userId}, ${fileId}, ${source.id}, ${name}, ${type}, ${set}) returning id, status`,
      trx
    )
    await recordChange({ actor, action: 'create', object: 'document', id: document!.id, after: { user: userId, name, type } }, trx)
    return { output: { documentId: document!.id, status: document!.status }, told: { documentId: document!.id, type } }
  },
})
