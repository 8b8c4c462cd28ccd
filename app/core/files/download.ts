import { type HttpContext } from '@adonisjs/core/http'
import { contentDisposition } from './content_disposition.js'
import { findFile, read } from './read.js'

/** Answers a request with a stored file, always as something to save; 404 when there is none. */
export async function download({ response }: Pick<HttpContext, 'response'>, id: number | null) {
  const file = id ? await findFile(id) : undefined
  if (!file) return response.notFound()

  response.header('content-type', file.contentType)
  response.header('content-length', file.size)
  response.header('content-disposition', contentDisposition(file.name))
  response.header('cache-control', 'private, no-store')
  return response.stream(read(file.id))
}
