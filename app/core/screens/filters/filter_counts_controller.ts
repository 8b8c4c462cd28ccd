import type { HttpContext } from '@adonisjs/core/http'
import { sql } from '#core/database'
import { InvalidFilter, parseFilter, type Group } from '#core/filters'
import { expression, table, type ObjectDefinition, type Reader } from '#core/objects'
import { countedBy } from '../list/counted.js'
import { inWords } from '../list/counter.js'
import { quickTotalOf, totalOf, type Counted } from '../list/total.js'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { destinationSent, detailAt } from './destination.js'
import { draftSent, nameSent, textSent } from './draft_sent.js'

/** A draft that stands for two seconds is worth so long a count. */
const DRAFT_MS = 10_000

/** How many rows answer a filter that is being built. */
export default class FilterCountsController {
  async store(ctx: HttpContext) {
    const object = objectOf(ctx)
    const { reader } = onlookerOf(ctx)
    const filter = whole(draftSent(ctx, object), object, reader)
    if (!filter) return ctx.response.noContent()

    const counted = among(countedBy({ object, filter, search: '' }, reader), destinationSent(ctx, object))
    const patient = textSent(ctx, 'builder-patient') === '1'
    const total = patient ? await totalOf(counted, DRAFT_MS) : await quickTotalOf(counted)
    return ctx.view.render('filters::components/count', {
      count: {
        id: `${nameSent(ctx)}-builder`,
        address: ctx.request.url(),
        text: inWords(total, reader),
        ask: total.counting && 'load delay:2s',
        again: true,
      },
    })
  }
}

/** Undefined while it is unfinished; nobody counts that. */
function whole(draft: Group, object: ObjectDefinition, reader: Reader): Group | undefined {
  try {
    return parseFilter(draft, object, reader)
  } catch (error) {
    if (error instanceof InvalidFilter) return undefined
    throw error
  }
}

/** The filter of a detail counts rows of that detail only. */
function among(counted: Counted, to: string): Counted {
  const detail = detailAt(to, counted.object)
  if (!detail) return counted
  const where = sql`${expression(detail.relation.field, table)} = ${detail.id} and ${counted.where}`
  return { ...counted, where, question: `${counted.question} ${detail.relation.name} ${detail.id}`, all: false }
}
