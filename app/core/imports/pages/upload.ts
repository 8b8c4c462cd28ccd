import type { HttpContext } from '@adonisjs/core/http'
import { store } from '#core/files'
import { look } from '../plan_import.js'

/** Larger files come gzipped, or in parts. */
export const LARGEST_MEGABYTES = 512

/** Straight into the database, a chunk at a time; nothing when what was sent is no form with a file. */
export async function upload({ request, auth }: HttpContext): Promise<number | undefined> {
  if (!request.multipart) return undefined
  let fileId: number | undefined
  request.multipart.onFile('file', {}, async (part) => {
    const staffId = auth.getUserOrFail().id
    try {
      const limit = LARGEST_MEGABYTES * 1024 * 1024
      fileId = await store(part, { name: part.filename, contentType: 'text/csv', staffId, limit })
    } catch (error) {
      request.multipart.abort(error)
    }
  })
  await request.multipart.process()
  return fileId
}

/** What a person would be told about such a file, or undefined when it reads as a table. */
export async function faultOfFile(fileId?: number) {
  if (!fileId) return 'noFile'
  try {
    const { columns, rows, excel } = await look(fileId)
    if (excel) return 'excel'
    return columns.length && rows.length ? undefined : 'emptyFile'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) return 'notCsv'
    throw error
  }
}
