import type { HttpContext } from '@adonisjs/core/http'
import { idParam, NotFound, readerOf } from '#core/http'
import { find, objects } from '#core/objects'

/** The id in an address, of a row that is there. Throws `NotFound`. */
export async function rowNamed(ctx: HttpContext, objectName: string): Promise<number> {
  const row = await find(objects.get(objectName), idParam(ctx, 'id'), readerOf(ctx), ['id'])
  if (!row) throw new NotFound()
  return row.id
}
