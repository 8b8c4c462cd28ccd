import type { HttpContext } from '@adonisjs/core/http'
import { goTo, isHtmx, readerOf, toast, trigger } from '#core/http'
import { type ObjectDefinition } from '#core/objects'

/** The dialog closes, and whatever lists rows of the object loads again. */
export function closed(ctx: HttpContext, object: ObjectDefinition, words: string, undo?: string) {
  toast(ctx, readerOf(ctx).t(words), 'success', undo)
  if (!isHtmx(ctx)) return goTo(ctx, object.path ? `/${object.path}` : '/')
  trigger(ctx, { [`${object.name}:changed`]: true, 'dialog:close': true })
  return ctx.response.status(204)
}
