import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { actorOf, Forbidden, goTo, isFragment, NotFound, toast } from '#core/http'
import { transaction } from '#core/database'
import { create, edit, InvalidFields, objects, typed, type ObjectDefinition } from '#core/objects'
import { formOf, refusedForm, type Form } from '../forms/form.js'
import { listSettings } from '../list/list_settings.js'
import { onlookerOf } from '../section/object_of.js'
import { filterSent } from './filter_sent.js'
import { folderObject } from './folder.js'
import { ownFolder, removeFolder } from './folders.js'
import { seenFolder } from './seen_folder.js'

const typedByHand = ['name', 'shared']

/** "Save filter" → name → Done (F14); later its name, its readers, its end. */
export default class FoldersController {
  async create(ctx: HttpContext) {
    const object = sectionNamed(ctx)
    const form = await formOf(folderObject, typedByHand, {}, onlookerOf(ctx).reader)
    return drawn(ctx, object, form, { action: '/folders', filter: ctx.request.input('filter', '') })
  }

  async store(ctx: HttpContext) {
    const object = sectionNamed(ctx)
    const { reader, staff } = onlookerOf(ctx)
    const sent = ctx.request.only([...typedByHand, 'filter'])
    try {
      const filter = await filterSent(sent.filter, object, reader)
      const values = { ...typed(folderObject, typedByHand, sent, reader), object: object.name, staff: staff.id, filter }
      const id = await transaction((trx) => create(folderObject, values, actorOf(ctx), trx))
      toast(ctx, reader.t('core.folders.saved'))
      return goTo(ctx, `/${object.path}?folder=${id}`)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      const form = await refusedForm(folderObject, typedByHand, sent, error, reader)
      ctx.response.status(422)
      return drawn(ctx, object, form, { action: '/folders', filter: sent.filter })
    }
  }

  /** Who may not change a shared folder still says whether the section opens with it. */
  async edit(ctx: HttpContext) {
    const { folder, object } = await seenFolder(ctx)
    const { reader, staff } = onlookerOf(ctx)
    const own = await ownFolder(folder.id, staff)
    const form = own && (await formOf(folderObject, typedByHand, { ...folder }, reader))
    const { defaultFolder } = await listSettings(object, staff.id)
    return drawn(ctx, object, form, { action: `/folders/${folder.id}`, folder, opens: defaultFolder === folder.id })
  }

  async update(ctx: HttpContext) {
    const { folder, object } = await asked(ctx)
    const { reader } = onlookerOf(ctx)
    const sent = ctx.request.only(typedByHand)
    try {
      const values = typed(folderObject, typedByHand, sent, reader)
      await transaction((trx) => edit(folderObject, folder.id, values, actorOf(ctx), trx))
      toast(ctx, reader.t('core.folders.saved'))
      return goTo(ctx, `/${object.path}?folder=${folder.id}`)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      const form = await refusedForm(folderObject, typedByHand, sent, error, reader)
      ctx.response.status(422)
      return drawn(ctx, object, form, { action: `/folders/${folder.id}`, folder })
    }
  }

  async destroy(ctx: HttpContext) {
    const { folder, object } = await asked(ctx)
    await removeFolder(folder.id, actorOf(ctx))
    toast(ctx, onlookerOf(ctx).reader.t('core.folders.deleted'))
    return goTo(ctx, `/${object.path}`)
  }
}

function sectionNamed(ctx: HttpContext): ObjectDefinition {
  const object = objects.get(String(ctx.request.input('object', '')))
  if (!object.path) throw new NotFound()
  if (!may(onlookerOf(ctx).staff, 'read', object.name)) throw new Forbidden()
  return object
}

async function asked(ctx: HttpContext) {
  const folder = await ownFolder(ctx.params.id, onlookerOf(ctx).staff)
  if (!folder) throw new NotFound()
  return { folder, object: objects.get(folder.object) }
}

function drawn(ctx: HttpContext, object: ObjectDefinition, form: Form | undefined, dialog: Record<string, unknown>) {
  const view = isFragment(ctx) ? 'screens::components/folder_dialog' : 'screens::folder_page'
  return ctx.view.render(view, { object: object.name, back: `/${object.path}`, form, ...dialog })
}
