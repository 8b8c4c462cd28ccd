import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, idParam, readerOf, toast } from '#core/http'
import { rowNamed } from '../row_named.js'
import { endOtherPlaces, endPlace } from './end.js'

/** Sessions of somebody else, ended by those who look after staff. */
export default class StaffPlacesController {
  async destroy(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'staff')
    await endPlace(id, idParam(ctx, 'place'), actorOf(ctx))
    return done(ctx, id)
  }

  async destroyAll(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'staff')
    await endOtherPlaces(id, null, actorOf(ctx))
    return done(ctx, id)
  }
}

function done(ctx: HttpContext, id: number) {
  toast(ctx, readerOf(ctx).t('access.places.ended'))
  return goTo(ctx, `/staff/${id}?tab=access`)
}
