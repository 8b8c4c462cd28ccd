import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/http'
import { integer, show } from '#core/objects'
import { foundRelations } from '../found/relations.js'

/** Tables and views that are in the database already and may be registered. */
export default class FoundTablesController {
  async index(ctx: HttpContext) {
    const typed = ctx.request.input('search', '')
    const search = typeof typed === 'string' ? typed.trim().slice(0, 100) : ''
    const reader = readerOf(ctx)
    const words = (rows: number | null) => (rows ? `≈ ${show(integer(), rows, reader)}` : '—')
    const found = await foundRelations(search)
    const relations = found.map((one) => ({ ...one, kind: reader.t(`custom_table.kinds.${one.kind}`), rows: words(one.rows) }))
    return ctx.view.render('tables::found', { relations, search })
  }
}
