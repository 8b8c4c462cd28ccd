import type { HttpContext } from '@adonisjs/core/http'
import { NotFound, readerOf } from '#core/http'
import { objects, type ObjectDefinition } from '#core/objects'
import { type Onlooker } from '../table/cell.js'

/** The object that `:object` of an address names: by its path, or by its name when it has none. */
export function objectOf({ params }: HttpContext): ObjectDefinition {
  const object = objects.addressed(params.object)
  if (!object) throw new NotFound()
  return object
}

/** The object whose section or card stands at the address. */
export function sectionOf(ctx: HttpContext): ObjectDefinition {
  const object = objectOf(ctx)
  if (object.path !== ctx.params.object) throw new NotFound()
  return object
}

export const onlookerOf = (ctx: HttpContext): Onlooker => ({ reader: readerOf(ctx), staff: ctx.auth.getUserOrFail() })
