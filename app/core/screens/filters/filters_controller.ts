import type { HttpContext } from '@adonisjs/core/http'
import {
  builder,
  changed,
  everything,
  filterFrom,
  InvalidFilter,
  parseFilter,
  readDraft,
  type BuilderOptions,
  type Focus,
  type Group,
} from '#core/filters'
import { goTo, isHtmx, readerOf } from '#core/http'
import { type ObjectDefinition } from '#core/objects'
import { withWords } from '../list/list_address.js'
import { addressOfFilter } from '../list/stored_filters.js'
import { objectOf } from '../section/object_of.js'

/** The filter builder as a page and as a fragment: what was drawn comes back with each press of a button and is drawn anew. */
export default class FiltersController {
  /** Without JavaScript the builder is a page of its own. */
  async show(ctx: HttpContext) {
    const object = objectOf(ctx)
    return draw(ctx, draftFrom(ctx, 'filter', object), object, { name: 'filter', applies: true })
  }

  async update(ctx: HttpContext) {
    const object = objectOf(ctx)
    const name = nameOfField(ctx)
    const applies = textIn(ctx, 'builder-applies') === '1'
    const draft = readDraft(ctx.request.all(), name, object) ?? draftFrom(ctx, name, object)
    const action = textIn(ctx, 'builder-action')
    if (action === 'apply' && applies) return apply(ctx, draft, object)

    const after = changed(draft, action)
    return draw(ctx, after, object, { name, applies, focus: focusOf(after, action) })
  }
}

/** The filter belongs into the address of the section, so that it can be sent to a colleague (F13). */
async function apply(ctx: HttpContext, draft: Group, object: ObjectDefinition) {
  try {
    const filter = await addressOfFilter(parseFilter(draft, object, readerOf(ctx)), object)
    return goTo(ctx, withWords(`/${object.path}`, { filter }))
  } catch (error) {
    if (!(error instanceof InvalidFilter)) throw error
    ctx.response.status(422)
    return draw(ctx, draft, object, { name: 'filter', applies: true, strict: true, focus: { path: error.errors[0].path, part: error.errors[0].part } })
  }
}

async function draw(ctx: HttpContext, draft: Group, object: ObjectDefinition, options: BuilderOptions) {
  const state = { builder: await builder(draft, object, readerOf(ctx), options) }
  return isHtmx(ctx)
    ? ctx.view.render('filters::components/tree', state)
    : ctx.view.render('filters::page', state)
}

/** A filter that no longer fits opens as an empty draft rather than not at all. */
function draftFrom(ctx: HttpContext, name: string, object: ObjectDefinition): Group {
  try {
    return filterFrom(textIn(ctx, name), object, readerOf(ctx))
  } catch (error) {
    if (error instanceof InvalidFilter) return everything
    throw error
  }
}

/** Where a person goes on after a press: from the field to its operator, from the operator to the value. */
const next: Record<string, Focus['part']> = {
  addCondition: 'field',
  addGroup: 'field',
  subject: 'operator',
  operator: 'value',
  compare: 'value',
  measured: 'compare',
}

function focusOf(after: Group, action: string): Focus | undefined {
  const [name, path = ''] = action.split(' ')
  if (!Object.hasOwn(next, name)) return undefined
  return { path: name.startsWith('add') ? lastIn(after, path, name) : path, part: next[name] }
}

/** A new condition stands last in its group, the one of a new group first in that. */
function lastIn(draft: Group, path: string, name: string): string {
  const steps = path.split('.').filter(Boolean)
  const group = steps.reduce<Group>((here, index) => groupAt(here, Number(index)), draft)
  return [...steps, group.of.length - 1, ...(name === 'addGroup' ? [0] : [])].join('.')
}

function groupAt(group: Group, index: number): Group {
  const node = group.of[index]
  if (node && 'of' in node) return node
  return (node && 'relation' in node && node.where) || everything
}

function nameOfField(ctx: HttpContext): string {
  const name = textIn(ctx, 'builder-name')
  return /^[a-z][a-zA-Z]{0,40}$/.test(name) ? name : 'filter'
}

function textIn({ request }: HttpContext, name: string): string {
  const sent = request.all()[name]
  return typeof sent === 'string' ? sent : ''
}
