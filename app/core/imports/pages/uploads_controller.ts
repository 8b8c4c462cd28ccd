import type { HttpContext } from '@adonisjs/core/http'
import { may, type Staff } from '#core/access'
import { removeFile } from '#core/files'
import { actorOf, goTo, isFragment, readerOf } from '#core/http'
import { nameOf, objects, type ObjectDefinition } from '#core/objects'
import { planImport } from '../plan_import.js'
import { faultOfFile, LARGEST_MEGABYTES, upload } from './upload.js'

/** The first step of an import: what is imported, and from which file. */
export default class UploadsController {
  async create(ctx: HttpContext) {
    if (isFragment(ctx)) return goTo(ctx, '/imports/create')
    return form(ctx, ctx.request.input('object'))
  }

  async store(ctx: HttpContext) {
    const fileId = await upload(ctx)
    const object = importable(ctx).find(({ name }) => name === ctx.request.input('object'))
    const problem = object ? await faultOfFile(fileId) : 'noObject'
    if (!problem) return goTo(ctx, `/imports/${await planImport(object!, fileId!, readerOf(ctx), actorOf(ctx))}/mapping`)

    if (fileId) await removeFile(fileId)
    ctx.response.status(422)
    return form(ctx, object?.name, problem)
  }
}

function form(ctx: HttpContext, chosen?: string, problem?: string) {
  const reader = readerOf(ctx)
  const choices = importable(ctx).map((object) => ({ name: object.name, label: nameOf(object, 'many', reader) }))
  const sentence = problem && reader.t(`import.new.${problem}`, { limit: LARGEST_MEGABYTES })
  const errors = problem === 'noObject' ? { object: sentence } : { file: sentence }
  return ctx.view.render('imports::create', { choices, chosen, errors, limit: LARGEST_MEGABYTES })
}

function importable({ auth }: HttpContext): ObjectDefinition[] {
  const staff: Staff = auth.getUserOrFail()
  return objects.all().filter((object) => object.importable && may(staff, 'import', object.name))
}
