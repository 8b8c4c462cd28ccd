import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf, goTo, idParam, NotFound, readerOf, toast } from '#core/http'
import { readChanges } from '#core/objects'
import { tableOf, type CustomTable } from '../custom_table.js'
import { dropTable, rowsOf, usesOf } from '../drop_table.js'

/** The end of a table: what it takes along is said, and its address is typed. */
export default class TableRemovalsController {
  async create(ctx: HttpContext) {
    return removalPage(ctx, await asked(ctx))
  }

  async store(ctx: HttpContext) {
    const table = await asked(ctx)
    if (ctx.request.input('typed') !== table.path) {
      ctx.response.status(422)
      return removalPage(ctx, table, readerOf(ctx).t('custom_table.removal.wrong', { path: table.path }))
    }
    await transaction((trx) => dropTable(table, actorOf(ctx), trx))
    await readChanges()
    toast(ctx, readerOf(ctx).t('core.deleted'))
    return goTo(ctx, '/tables')
  }
}

async function asked(ctx: HttpContext): Promise<CustomTable> {
  const table = await tableOf(idParam(ctx, 'id'))
  if (!table) throw new NotFound()
  return table
}

async function removalPage(ctx: HttpContext, table: CustomTable, error?: string) {
  const { t } = readerOf(ctx)
  const uses = await usesOf(table)
  const named = uses.map(({ kind, title }) => t('custom_table.removal.use', { kind: t(`${kind}.one`), title }))
  return ctx.view.render('tables::removal', { table, uses: named, rows: uses.length ? 0 : await rowsOf(table), error })
}
