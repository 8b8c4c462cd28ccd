import type { HttpContext } from '@adonisjs/core/http'
import { allAttributes, attributeOf } from '#core/attributes'
import { execute, row, sql, transaction } from '#core/database'
import { goTo, idParam, isHtmx, NotFound, readerOf } from '#core/http'
import { changeObjects, moved, type Way } from '#core/objects'
import { fieldsOf } from '../fields_panel.js'

/** A field of a table goes one place up or down: so stand the fields on cards, in lists and in forms. */
export default class FieldMovesController {
  async store(ctx: HttpContext) {
    const attribute = await attributeOf(idParam(ctx, 'id'))
    const table = attribute && (await row<{ id: number }>(sql`select id from custom_tables where name = ${attribute.object}`))
    if (!attribute || !table) throw new NotFound()
    await move(attribute.id, attribute.object, ctx.request.input('to') === 'up' ? 'up' : 'down')
    if (!isHtmx(ctx)) return goTo(ctx, `/tables/${table.id}`)
    return ctx.view.render('tables::components/fields', await fieldsOf(table.id, readerOf(ctx)))
  }
}

/** Places are written anew, since twins may stand at one place. */
async function move(id: number, object: string, way: Way) {
  await transaction(async (trx) => {
    await changeObjects(trx)
    const ids = (await allAttributes(trx)).filter((one) => one.object === object).map((one) => one.id)
    await execute(
      sql`update attributes a set position = o.place
        from unnest(${moved(ids, id, way)}::bigint[]) with ordinality as o(id, place) where a.id = o.id and a.position <> o.place`,
      trx
    )
  })
}
