import type { HttpContext } from '@adonisjs/core/http'
import { type CallFile, type Method } from './method.js'
import { InvalidCall } from './input_of.js'
import { type Reader } from '#core/objects'

/** Files of a call by the names of their parts; a part that is not declared is told, as any other field is. Throws `InvalidCall`. */
export function filesOf({ files }: Method, { request }: HttpContext, reader: Reader): Record<string, CallFile> {
  if (!files.length || !request.is(['multipart']) || request.header('content-length') === '0') return {}
  const sent = Object.entries(request.allFiles()).map(([name, file]) => ({ name, file: [file].flat()[0] }))
  const unknown = sent.filter(({ name }) => !files.includes(name))
  if (unknown.length) throw new InvalidCall(unknown.map(({ name }) => [name, reader.t('calls.unknownField')]))
  return Object.fromEntries(sent.map(({ name, file }) => [name, { name: file.clientName, bytes: file.size, path: file.tmpPath! }]))
}
