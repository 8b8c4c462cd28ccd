import type { HttpContext } from '@adonisjs/core/http'
import { goTo, headerJson, isHtmx } from '#core/http'
import { objects, type ObjectDefinition } from '#core/objects'
import { detailId } from '../card/detail_id.js'
import { textSent } from './draft_sent.js'

/** The list to which a filter is applied: the section of the object as it stands, or a detail on a card. Anything else is the section. */
export function destinationSent(ctx: HttpContext, object: ObjectDefinition): string {
  const sent = textSent(ctx, 'builder-to') || textSent(ctx, 'to')
  const [path] = sent.split('?')
  return path === `/${object.path}` || detailAt(path, object) ? sent : `/${object.path ?? ''}`
}

/** A detail is drawn anew in its place, a section as a page. */
export function goToList(ctx: HttpContext, to: string, filter: string) {
  const address = withFilter(to, filter)
  const [path] = to.split('?')
  const detail = detailAt(path)
  if (!detail || !isHtmx(ctx)) return goTo(ctx, address)
  const place = { path: address, target: `#${detailId(detail.owner, detail.id, detail.relation)}`, swap: 'outerHTML', push: 'false' }
  return ctx.response.header('hx-location', headerJson(place)).status(200).send('')
}

/** The same list from its beginning; without any condition it leaves also the folder with which it began. */
function withFilter(to: string, filter: string) {
  const { pathname, searchParams } = new URL(to, 'http://here')
  for (const word of ['page', 'at', 'shown', 'filter']) searchParams.delete(word)
  if (filter) searchParams.set('filter', filter)
  else if (searchParams.has('folder')) searchParams.set('folder', 'all')
  return searchParams.size ? `${pathname}?${searchParams}` : pathname
}

/** The detail that stands at an address, if rows of the object are listed there. */
export function detailAt(path: string, object?: ObjectDefinition) {
  const [, segment, id, name] = /^\/([\w-]+)\/([1-9]\d{0,14})\/details\/(\w+)$/.exec(path.split('?')[0]) ?? []
  const owner = segment && objects.addressed(segment)
  const relation = owner && objects.relations(owner).find((one) => one.name === name)
  return relation && (!object || relation.object.name === object.name) ? { owner, id: Number(id), relation } : undefined
}
