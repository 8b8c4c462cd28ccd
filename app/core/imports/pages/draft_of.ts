import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { Forbidden, idParam, NotFound, readerOf } from '#core/http'
import { DomainError, objects, openTo, type ObjectDefinition } from '#core/objects'
import { findImport, type ImportRow } from '../find_import.js'

/** What was started cannot be mapped anew. */
export class NotDraft extends DomainError {
  readonly code = 'importStarted'
}

export interface Draft extends ImportRow {
  target: ObjectDefinition
}

/** The import of the address, for somebody who may import such rows; the file of a colleague also takes the right to what is in it. Throws `NotFound`, `Forbidden`. */
export async function importOf(ctx: HttpContext): Promise<Draft> {
  const found = await findImport(idParam(ctx, 'id'))
  if (!found) throw new NotFound()
  const staff = ctx.auth.getUserOrFail()
  const target = objects.get(found.object)
  if (!may(staff, 'import', target.name)) throw new Forbidden()
  if (found.staffId !== staff.id && !openTo(target, readerOf(ctx))) throw new Forbidden()
  return { ...found, target }
}

/** One that is not started yet. Throws `NotDraft` besides. */
export async function draftOf(ctx: HttpContext): Promise<Draft> {
  const found = await importOf(ctx)
  if (found.state !== 'draft' || !found.fileId) throw new NotDraft()
  return found
}
