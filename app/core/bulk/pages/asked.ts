import type { HttpContext } from '@adonisjs/core/http'
import { Forbidden, listSent, NotFound } from '#core/http'
import { type ObjectDefinition } from '#core/objects'
import { listView, onlookerOf, sectionOf, type ListView } from '#core/screens'
import { actionsOf, mayDo, type Action } from '../actions.js'
import { type Selection } from '../bulk_run.js'

/** What is asked beside a list: one action on the rows that were ticked, or on all that the list shows. */
export interface Asked {
  object: ObjectDefinition
  view: ListView
  action: Action
  selection: Selection
}

export async function askedIn(ctx: HttpContext, words: Record<string, unknown>): Promise<Asked> {
  const object = sectionOf(ctx)
  const onlooker = onlookerOf(ctx)
  const view = await listView(object, words, onlooker)
  const action = actionsOf(object, onlooker.reader).find(({ name }) => name === words.action)
  if (!action || view.refused) throw new NotFound()
  if (!mayDo(action, object, onlooker.staff)) throw new Forbidden()
  const ids = words.all === '1' ? undefined : tickedIn(ctx)
  return { object, view, action, selection: { ids, filter: view.filter, search: view.search } }
}

const tickedIn = (ctx: HttpContext) => [...new Set(listSent(ctx, 'ids'))].filter((id) => /^[1-9]\d{0,14}$/.test(id)).map(Number)
