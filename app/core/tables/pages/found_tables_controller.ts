import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/http'
import { foundRelations } from '../found/relations.js'

/** Tables and views that are in the database already and may be registered. */
export default class FoundTablesController {
  async index(ctx: HttpContext) {
    const typed = ctx.request.input('search', '')
    const search = typeof typed === 'string' ? typed.trim().slice(0, 100) : ''
    const { locale, t } = readerOf(ctx)
    const number = new Intl.NumberFormat(locale)
    const found = await foundRelations(search)
    const relations = found.map((one) => ({ ...one, kind: t(`custom_table.kinds.${one.kind}`), rows: one.rows ? `≈ ${number.format(one.rows)}` : '—' }))
    return ctx.view.render('tables::found', { relations, search })
  }
}
