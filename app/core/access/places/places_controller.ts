import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, idParam, readerOf, toast } from '#core/http'
import { endOtherPlaces, endPlace } from './end.js'
import { placeOf } from './place.js'
import { placesOf } from './places_of.js'

/** Where one is signed in oneself. */
export default class PlacesController {
  async index(ctx: HttpContext) {
    const places = await placesOf(ctx.auth.getUserOrFail().id, readerOf(ctx), placeOf(ctx))
    return ctx.view.render('access::places', { places })
  }

  async destroy(ctx: HttpContext) {
    await endPlace(ctx.auth.getUserOrFail().id, idParam(ctx, 'id'), actorOf(ctx))
    return done(ctx)
  }

  /** All but this one. */
  async destroyOthers(ctx: HttpContext) {
    await endOtherPlaces(ctx.auth.getUserOrFail().id, placeOf(ctx), actorOf(ctx))
    return done(ctx)
  }
}

function done(ctx: HttpContext) {
  toast(ctx, readerOf(ctx).t('access.places.ended'))
  return goTo(ctx, '/profile/places')
}
