import type { HttpContext } from '@adonisjs/core/http'
import { may, type Staff } from '#core/access'
import { removeFile, store } from '#core/files'
import { actorOf, goTo, isFragment, readerOf } from '#core/http'
import { nameOf, objects, type ObjectDefinition } from '#core/objects'
import { look, planImport } from '../plan_import.js'

/** Larger files come gzipped, or in parts. */
const LARGEST_MEGABYTES = 512

/** The first step of an import: what is imported, and from which file. */
export default class UploadsController {
  async create(ctx: HttpContext) {
    if (isFragment(ctx)) return goTo(ctx, '/imports/create')
    return form(ctx, ctx.request.input('object'))
  }

  async store(ctx: HttpContext) {
    const fileId = await upload(ctx)
    const object = importable(ctx).find(({ name }) => name === ctx.request.input('object'))
    const problem = object ? await faultOf(fileId) : 'noObject'
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

/** Straight into the database, a chunk at a time; nothing when what was sent is no form with a file. */
async function upload({ request, auth }: HttpContext): Promise<number | undefined> {
  if (!request.multipart) return undefined
  let fileId: number | undefined
  request.multipart.onFile('file', {}, async (part) => {
    const staffId = auth.getUserOrFail().id
    try {
      const limit = LARGEST_MEGABYTES * 1024 * 1024
      fileId = await store(part, { name: part.filename, contentType: 'text/csv', staffId, limit })
    } catch (error) {
      request.multipart.abort(error)
    }
  })
  await request.multipart.process()
  return fileId
}

/** What a person would be told about such a file, or undefined when it reads as a table. */
async function faultOf(fileId?: number) {
  if (!fileId) return 'noFile'
  try {
    const { columns, rows, excel } = await look(fileId)
    if (excel) return 'excel'
    return columns.length && rows.length ? undefined : 'emptyFile'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) return 'notCsv'
    throw error
  }
}
