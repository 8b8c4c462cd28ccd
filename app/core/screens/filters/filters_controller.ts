import type { HttpContext } from '@adonisjs/core/http'
import { administers } from '#core/access'
import { builder, changed, InvalidFilter, inserted, parseFilter, type BuilderOptions, type Changed, type Group } from '#core/filters'
import { isHtmx, readerOf } from '#core/http'
import { type ObjectDefinition } from '#core/objects'
import { addressOfFilter } from '../list/stored_filters.js'
import { insertable, folderToInsert } from '../folders/insertable.js'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { destinationSent, goToList } from './destination.js'
import { draftFrom, draftSent, nameSent, textSent } from './draft_sent.js'

/** The filter builder as a page and as a fragment: what was drawn comes back with each press of a button and is drawn anew. */
export default class FiltersController {
  /** Without JavaScript the builder is a page of its own. */
  async show(ctx: HttpContext) {
    const object = objectOf(ctx)
    return draw(ctx, draftFrom(ctx, 'filter', object), object, { name: 'filter', applies: true, to: destinationSent(ctx, object) })
  }

  async update(ctx: HttpContext) {
    const object = objectOf(ctx)
    const options = { name: nameSent(ctx), applies: textSent(ctx, 'builder-applies') === '1', to: destinationSent(ctx, object) }
    const draft = draftSent(ctx, object)
    const action = textSent(ctx, 'builder-action')
    if (action === 'apply' && options.applies) return apply(ctx, draft, object, options)

    const after = (await withFolder(ctx, draft, object)) ?? changed(draft, action)
    return draw(ctx, after.draft, object, { ...options, after })
  }
}

/** The filter belongs into the address of the list, so that it can be sent to a colleague (F13). */
async function apply(ctx: HttpContext, draft: Group, object: ObjectDefinition, options: BuilderOptions) {
  try {
    const filter = await addressOfFilter(parseFilter(draft, object, readerOf(ctx)), object)
    return goToList(ctx, options.to!, filter)
  } catch (error) {
    if (!(error instanceof InvalidFilter)) throw error
    const [{ path, part }] = error.errors
    ctx.response.status(422)
    return draw(ctx, draft, object, { ...options, strict: true, after: { focus: { path, part } } })
  }
}

/** A folder was chosen in the head of a group: a copy of its conditions goes in there. */
async function withFolder(ctx: HttpContext, draft: Group, object: ObjectDefinition): Promise<Changed | undefined> {
  const chosen = await folderToInsert(ctx, nameSent(ctx), draft, object)
  return chosen && inserted(draft, chosen.path, chosen.filter)
}

async function draw(ctx: HttpContext, draft: Group, object: ObjectDefinition, options: BuilderOptions) {
  const { staff } = onlookerOf(ctx)
  const plain = !isHtmx(ctx)
  const state = {
    builder: await builder(draft, object, readerOf(ctx), {
      ...options,
      plain,
      folders: (of) => insertable(of, staff.id),
      showsSql: administers(staff),
    }),
  }
  return ctx.view.render(plain ? 'filters::page' : 'filters::components/tree', state)
}
