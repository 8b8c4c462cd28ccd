import type { HttpContext } from '@adonisjs/core/http'
import { row, sql, transaction, type Transaction } from '#core/database'
import { actorOf, goTo, isFragment, NotFound, readerOf, toast } from '#core/http'
import { applyJob, EVERY_LINE, planImport, type Settings } from '#core/imports'
import { InvalidFields, objects, readChanges, type Actor, type Reader } from '#core/objects'
import { begin } from '../draft/begin.js'
import { mayTellApart, planOf } from '../draft/check.js'
import { changed, readDraft, type Draft, type Source } from '../draft/draft.js'
import { adoptTable, writable } from '../found/adopt_table.js'
import { foundColumns, isKey, type FoundColumn } from '../found/columns.js'
import { foundRelation } from '../found/relations.js'
import { makeTable } from '../make_table.js'
import { type PlannedField, type TablePlan } from '../plan.js'
import { type Registered } from '../register.js'
import { wizardPage } from './wizard.js'

/** The wizard: how a table is called, which fields it has, and the table itself (F3). */
export default class TablesController {
  /** The three ways to a table. */
  async create(ctx: HttpContext) {
    if (isFragment(ctx)) return goTo(ctx, '/tables/create')
    return ctx.view.render('tables::create', { errors: {} })
  }

  async edit(ctx: HttpContext) {
    const { file, relation } = ctx.request.qs()
    const source = { file: idOf(file), relation: idOf(relation) }
    await refuseForeignFile(ctx, source)
    const draft = await begin(source, readerOf(ctx))
    if (!draft) throw new NotFound()
    return wizardPage(ctx, draft)
  }

  /** A button of the wizard, or another type: the form is drawn anew with all that was typed. */
  async update(ctx: HttpContext) {
    const draft = readDraft(ctx.request.all())
    await refuseForeignFile(ctx, draft.source)
    const action = ctx.request.input('action', '')
    return wizardPage(ctx, typeof action === 'string' ? changed(draft, action) : draft)
  }

  async store(ctx: HttpContext) {
    const draft = readDraft(ctx.request.all())
    await refuseForeignFile(ctx, draft.source)
    try {
      const plan = planOf(draft)
      const registered = await transaction((trx) => registerBy(draft, plan, actorOf(ctx), trx))
      await readChanges()
      toast(ctx, readerOf(ctx).t('custom_table.made', { name: plan.many }))
      if (!draft.source.file) return goTo(ctx, `/${plan.path}`)
      return goTo(ctx, await importInto(registered, plan, draft.source.file, ctx))
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      return wizardPage(ctx, draft, error)
    }
  }
}

const idOf = (sent: unknown) => (typeof sent === 'string' && /^[1-9]\d{0,14}$/.test(sent) ? Number(sent) : undefined)

/** Who names the number of a file that somebody else brought sees none. */
async function refuseForeignFile({ auth }: HttpContext, { file }: Source) {
  if (!file) return
  const own = await row(sql`select id from files where id = ${file} and staff_id = ${auth.getUserOrFail().id}`)
  if (!own) throw new NotFound()
}

async function registerBy(draft: Draft, plan: TablePlan, actor: Actor, trx: Transaction): Promise<Registered> {
  if (!draft.source.relation) return makeTable(plan, actor, trx)
  const relation = await foundRelation(draft.source.relation)
  if (!relation) throw new NotFound()
  const columns = await foundColumns(relation)
  const key = columns.find(({ name, whole }) => whole && name === draft.key)
  if (!key) throw InvalidFields.at('key', 'keyKind')
  if (plan.fields.some(({ from }) => !columns.some(({ name }) => name === from))) throw InvalidFields.at('fields', 'columnGone')
  if (!(await isKey(relation, key))) throw InvalidFields.at('key', 'keyNotUnique')
  const editable = draft.editable && (await writable(relation, key))
  const fields = plan.fields.map((field) => ({ ...field, tellsApart: tellsApart(field, columns) }))
  return adoptTable({ ...plan, fields }, { relation, columns, key, editable }, actor, trx)
}

/** A unique index of the owner says so, and nobody else. */
const tellsApart = ({ from, type }: PlannedField, columns: FoundColumn[]) =>
  mayTellApart(type) && columns.some(({ name, unique }) => unique && name === from)

/** The rows of the file, by the import that every file goes through: at once where nothing is left to be said. */
async function importInto({ name, fields }: Registered, plan: TablePlan, fileId: number, ctx: HttpContext): Promise<string> {
  const reader: Reader = readerOf(ctx)
  const actor = actorOf(ctx)
  const key = fields.find((field) => field.tellsApart)
  const known: Partial<Settings> = {
    fields: Object.fromEntries(fields.map((field) => [field.name, { column: field.from! }])),
    match: key?.name ?? EVERY_LINE,
    mode: 'upsert',
    empty: 'keep',
  }
  const importId = await planImport(objects.get(name), fileId, reader, actor, known)
  if (fields.some(({ target }) => target)) return `/imports/${importId}/mapping`
  await transaction(async (trx) => {
    await row(sql`update imports set state = 'running', started_at = now() where id = ${importId} returning id`, trx)
    await applyJob.start({ importId }, { actor, title: plan.many, subject: { object: 'import', id: importId }, trx })
  })
  return `/imports/${importId}`
}
