import type { HttpContext } from '@adonisjs/core/http'
import { idParam, NotFound } from '#core/http'
import { InvalidCall } from '#core/methods'
import { find, knownNowAs, type Values } from '#core/objects'
import { askedObject, type Asking } from './asked_object.js'
import { keysOf, readableFields } from './field_schema.js'
import { changeInput, rowInput, rowSchemas } from './inputs.js'
import { once, said } from './said.js'
import { writeRow } from './write_rows.js'

/** One row of any object. */
export default class RowsController {
  async show(ctx: HttpContext) {
    return ctx.response.json(await rowOf(askedObject(ctx, 'read'), idParam(ctx, 'id')))
  }

  /** Creates a row, or changes the one that its key finds. */
  async store(ctx: HttpContext) {
    const asking = askedObject(ctx, 'create', 'edit')
    const { key, values } = await said<{ key?: string; values: Values }>(ctx, asking, rowInput, rowSchemas(asking.object).row)
    if (key !== undefined) checkKey(asking, key)
    return once(ctx, (trx) => writeRow(asking, values, { key }, trx))
  }

  async update(ctx: HttpContext) {
    const asking = askedObject(ctx, 'edit')
    const id = idParam(ctx, 'id')
    const { values } = await said<{ values: Values }>(ctx, asking, changeInput, rowSchemas(asking.object).change)
    return once(ctx, (trx) => writeRow(asking, values, { id }, trx))
  }
}

/** Throws `NotFound`. */
async function rowOf({ object, reader }: Asking, id: number) {
  const row = await find(object, (await knownNowAs(object, id)) ?? id, reader, readableFields(object).map(({ name }) => name))
  if (!row) throw new NotFound()
  return row
}

/** Throws `InvalidCall`. */
export function checkKey({ object, reader }: Asking, key: string) {
  if (!keysOf(object).includes(key)) throw new InvalidCall([['key', reader.t('calls.messages.in')]])
}
