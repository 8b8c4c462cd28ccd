import type { HttpContext } from '@adonisjs/core/http'
import { doors, type Source } from './doors.js'
import { UnknownSource } from './refusals.js'

/** The source in the address. Throws `UnknownSource`. */
export async function sourceOf({ params }: HttpContext): Promise<Source> {
  const source = await doors.source?.(String(params.source))
  if (!source) throw new UnknownSource()
  return source
}
