import type { HttpContext } from '@adonisjs/core/http'
import { administers } from '#core/access'
import { NotFound } from '#core/http'
import { findBulk, type BulkRun } from '../bulk_run.js'

/** The bulk run that the address names, for who started it and for administrators; to others there is none. */
export async function ownBulk(ctx: HttpContext): Promise<BulkRun> {
  const staff = ctx.auth.getUserOrFail()
  const found = await findBulk(ctx.params.id)
  if (!found || (found.staffId !== staff.id && !administers(staff))) throw new NotFound()
  return found
}
