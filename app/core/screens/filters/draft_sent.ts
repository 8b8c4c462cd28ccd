import type { HttpContext } from '@adonisjs/core/http'
import { everything, filterFrom, InvalidFilter, readDraft, type Group } from '#core/filters'
import { readerOf } from '#core/http'
import { type ObjectDefinition } from '#core/objects'

/** The draft in a request of the builder: its inputs where they are drawn, else the filter with which it opens. */
export function draftSent(ctx: HttpContext, object: ObjectDefinition): Group {
  const name = nameSent(ctx)
  return readDraft(ctx.request.all(), name, object) ?? draftFrom(ctx, name, object)
}

/** A filter that no longer fits opens as an empty draft rather than not at all. */
export function draftFrom(ctx: HttpContext, name: string, object: ObjectDefinition): Group {
  try {
    return filterFrom(textSent(ctx, name), object, readerOf(ctx))
  } catch (error) {
    if (error instanceof InvalidFilter) return everything
    throw error
  }
}

/** The field that holds the filter, and with which the names of its inputs begin. */
export function nameSent(ctx: HttpContext): string {
  const name = textSent(ctx, 'builder-name')
  return /^[a-z][a-zA-Z]{0,40}$/.test(name) ? name : 'filter'
}

export function textSent({ request }: HttpContext, name: string): string {
  const sent = request.all()[name]
  return typeof sent === 'string' ? sent : ''
}
