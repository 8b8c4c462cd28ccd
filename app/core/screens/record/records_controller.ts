import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { actorOf, goTo, isFragment, NotFound, toast } from '#core/http'
import { transaction } from '#core/database'
import {
  create,
  find,
  InvalidFields,
  nameOf,
  typed,
  worded,
  type ObjectDefinition,
  type Values,
} from '#core/objects'
import { drawHeadForm, headSaved, opensAsCard, writableOf } from '../card/head_form.js'
import { formOf, refusedForm, type Form } from '../forms/form.js'
import { forgetTotals } from '../list/total.js'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { closed } from './closed.js'
import { initialValues } from './initial.js'
import { prefilled } from './prefilled.js'
import { refuseEmpty } from './refuse_empty.js'
import { seenOf } from './unseen_changes.js'
import { writeTyped } from './write_typed.js'

/** Rows of any object, written by its rules: the create dialog, the edit window of small things, deletion. */
export default class RecordsController {
  async create(ctx: HttpContext) {
    const object = creatable(ctx)
    const { reader } = onlookerOf(ctx)
    const known = await prefilled(object, ctx.request.qs(), reader)
    const names = object.create!.filter((name) => !(name in known.values))
    const form = await formOf(object, names, await initialValues(object), reader)
    return drawn(ctx, object, 'createOne', { form, known, action: `/${ctx.params.object}` })
  }

  async store(ctx: HttpContext) {
    const object = creatable(ctx)
    const { reader } = onlookerOf(ctx)
    const sent = ctx.request.only(object.create!)
    try {
      const values = typed(object, object.create!, sent, reader)
      refuseEmpty(object, values, reader)
      const id = await transaction((trx) => create(object, values, actorOf(ctx), trx))
      return written(ctx, object, id, 'core.created')
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      const known = await prefilled(object, ctx.request.only(knownNames(ctx)), reader)
      const names = object.create!.filter((name) => !(name in known.values))
      const form = await refusedForm(object, names, sent, error, reader)
      ctx.response.status(422)
      return drawn(ctx, object, 'createOne', { form, known, action: `/${ctx.params.object}` })
    }
  }

  async edit(ctx: HttpContext) {
    const { object, values } = await recordOf(ctx)
    const { reader } = onlookerOf(ctx)
    const form = await formOf(object, writableOf(object, reader), values, reader)
    if (opensAsCard(object)) return drawHeadForm(ctx, object, values, form)
    return drawn(ctx, object, 'editOne', editing(ctx, object, form, values))
  }

  async update(ctx: HttpContext) {
    const { object, values } = await recordOf(ctx)
    const { reader } = onlookerOf(ctx)
    const names = writableOf(object, reader)
    const sent = ctx.request.all()
    const refused = await writeTyped({ object, names, values, sent, reader }, actorOf(ctx))
    if (refused) ctx.response.status(refused.status)
    if (opensAsCard(object)) return refused ? drawHeadForm(ctx, object, values, refused.form) : headSaved(ctx, object, values.id)
    return refused
      ? drawn(ctx, object, 'editOne', editing(ctx, object, refused.form, values))
      : written(ctx, object, values.id, 'core.saved')
  }
}

function creatable(ctx: HttpContext) {
  const object = objectOf(ctx)
  if (!object.create) throw new NotFound()
  return object
}

/** Names of the fields that the dialog was opened with: a new receipt knows whose it is. */
function knownNames(ctx: HttpContext): string[] {
  const sent = ctx.request.input('known', '')
  return typeof sent === 'string' ? sent.split(',') : []
}

async function recordOf(ctx: HttpContext) {
  const object = objectOf(ctx)
  const values = await find(object, ctx.params.id, onlookerOf(ctx).reader)
  if (!values) throw new NotFound()
  return { object, values }
}

function editing(ctx: HttpContext, object: ObjectDefinition, form: Form, values: Values) {
  const address = `/${ctx.params.object}/${ctx.params.id}`
  const { reader, staff } = onlookerOf(ctx)
  const deletes = Boolean(object.verbs?.remove) && may(staff, 'delete', object.name)
  const seen = seenOf(object, writableOf(object, reader), values, reader)
  return { form, seen, action: address, remove: deletes ? `${address}/deletion` : undefined, history: `${address}/history` }
}

/** A dialog over the page that asked; a page of its own for those who came by its address. */
async function drawn(ctx: HttpContext, object: ObjectDefinition, title: string, dialog: Record<string, unknown>) {
  const { reader } = onlookerOf(ctx)
  const ofAny = reader.t(`core.card.${title}`, { object: nameOf(object, 'one', reader).toLocaleLowerCase(reader.locale) })
  const words = worded(reader, `${object.name}.${title}`) ?? ofAny
  const back = object.path ? `/${object.path}` : '/'
  const view = isFragment(ctx) ? 'screens::components/record_dialog' : 'screens::record_page'
  return ctx.view.render(view, { title: words, back, ...dialog })
}

/** After a write: to the card of a new row, or back to the list behind the dialog, which loads again. */
function written(ctx: HttpContext, object: ObjectDefinition, id: number, words: string) {
  forgetTotals(object)
  const { reader } = onlookerOf(ctx)
  const stays = object.small || !object.path || knownNames(ctx).some(Boolean)
  if (stays) return closed(ctx, object, words)
  toast(ctx, reader.t(words))
  return goTo(ctx, `/${object.path}/${id}`)
}
