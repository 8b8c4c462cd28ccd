import type { HttpContext } from '@adonisjs/core/http'
import { administers } from '#core/access'
import { NotFound } from '#core/http'
import { findExport, type ExportRow } from '../find_export.js'

/** The export that the address names, for who asked for it and for administrators; to others there is none. */
export async function ownExport(ctx: HttpContext): Promise<ExportRow> {
  const staff = ctx.auth.getUserOrFail()
  const found = await findExport(ctx.params.id)
  if (!found || (found.staffId !== staff.id && !administers(staff))) throw new NotFound()
  return found
}
