import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { Forbidden, NotFound } from '#core/http'
import { objects, type ObjectDefinition } from '#core/objects'
import { onlookerOf } from '../section/object_of.js'
import { type Folder } from './folder.js'
import { folderById } from './folders.js'

/** The folder that an address names, its own or a shared one, of a section that the person may read. */
export async function seenFolder(ctx: HttpContext): Promise<{ folder: Folder; object: ObjectDefinition }> {
  const { staff } = onlookerOf(ctx)
  const folder = await folderById(ctx.params.id, staff.id)
  if (!folder || !objects.has(folder.object)) throw new NotFound()
  const object = objects.get(folder.object)
  if (!may(staff, 'read', object.name)) throw new Forbidden()
  return { folder, object }
}
