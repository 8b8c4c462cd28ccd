import type { HttpContext } from '@adonisjs/core/http'
import { allAttributes } from '#core/attributes'
import { transaction } from '#core/database'
import { actorOf, goTo, idParam, isFragment, isHtmx, NotFound, readerOf, sentenceOf, toast, trigger } from '#core/http'
import { InvalidFields, nameOf, objects, readChanges } from '#core/objects'
import { tableOf, type CustomTable } from '../custom_table.js'
import { mayTellApart, oneField } from '../draft/check.js'
import { emptyField, readDraft, type DraftField } from '../draft/draft.js'
import { freeColumns, takeColumn, type Free } from '../found/take_column.js'

/** A further field of a found table: one more of its columns. */
export default class TableColumnsController {
  async create(ctx: HttpContext) {
    const { table, found } = await asked(ctx)
    return drawn(ctx, table, found, { ...emptyField, from: found.free[0]?.name ?? '' })
  }

  async store(ctx: HttpContext) {
    const { table, found } = await asked(ctx)
    const field = readDraft({ ...ctx.request.all(), 'f-0-taken': '1' }).fields[0] ?? emptyField
    try {
      await take(table, found, field, ctx)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return drawn(ctx, table, found, field, error)
    }
    toast(ctx, readerOf(ctx).t('core.created'))
    if (!isHtmx(ctx)) return goTo(ctx, `/tables/${table.id}`)
    trigger(ctx, { 'attribute:changed': true, 'dialog:close': true })
    return ctx.response.status(204)
  }
}

async function asked(ctx: HttpContext): Promise<{ table: CustomTable; found: Free }> {
  const table = await tableOf(idParam(ctx, 'id'))
  const found = table?.origin === 'found' ? await freeColumns(table) : undefined
  if (!table || !found) throw new NotFound()
  return { table, found }
}

/** What a column holds says its type; one of whole numbers may be a reference. */
async function take(table: CustomTable, { free }: Free, field: DraftField, ctx: HttpContext) {
  const column = free.find(({ name }) => name === field.from)
  if (!column) throw InvalidFields.at('f-0-from', 'columnGone')
  const type = column.whole && field.type.startsWith('reference:') ? field.type : column.type
  const names = new Set((await allAttributes()).filter(({ object }) => object === table.name).map(({ name }) => name))
  const planned = oneField({ ...field, type, tellsApart: column.unique && mayTellApart(type) }, names)
  await transaction((trx) => takeColumn(table, planned, actorOf(ctx), trx))
  await readChanges()
}

async function drawn(ctx: HttpContext, table: CustomTable, { free }: Free, field: DraftField, refused?: InvalidFields) {
  const reader = readerOf(ctx)
  const sections = objects.all().filter(({ path }) => path)
  const references = sections.map((object) => ({ value: `reference:${object.name}`, label: nameOf(object, 'many', reader) }))
  const view = isFragment(ctx) ? 'tables::components/column_dialog' : 'tables::column_page'
  return ctx.view.render(view, {
    table,
    field,
    columns: free.map(({ name, sqlType }) => ({ name, label: `${name} (${sqlType})` })),
    references: references.sort((one, other) => one.label.localeCompare(other.label, reader.locale)),
    errors: Object.fromEntries(Object.entries(refused?.errors ?? {}).map(([name, error]) => [name, sentenceOf(error, reader)])),
  })
}
