import type { HttpContext } from '@adonisjs/core/http'
import { ScopeMissing, scopeOf } from '#core/access'
import { NotFound, readerOf } from '#core/http'
import { objects, type Actor, type ObjectDefinition, type Reader, type Right } from '#core/objects'
import { actorOf } from '#core/http'
import { offeredToSystems } from './offered.js'

/** What a system asks of, with its rights. */
export interface Asking {
  object: ObjectDefinition
  reader: Reader
  actor: Actor
  may(right: Right): boolean
}

/** Throws `NotFound` for what no key is given, and for what this one may not a refusal. */
export function askedObject(ctx: HttpContext, ...rights: Right[]): Asking {
  const name = String(ctx.params.object)
  if (!objects.has(name) || !offeredToSystems([objects.get(name)]).length) throw new NotFound()
  const object = objects.get(name)
  const has = (scope: string) => ctx.apiKey.scopes.includes(scope)
  const may = (right: Right) => has(scopeOf(object.name, right))
  if (!rights.some(may)) throw new ScopeMissing()
  ctx.knows = (other) => has(scopeOf(other, 'personal'))
  ctx.reads = (other) => has(scopeOf(other, 'read'))
  return { object, reader: readerOf(ctx), actor: { ...actorOf(ctx), method: `key ${ctx.apiKey.id}` }, may }
}
