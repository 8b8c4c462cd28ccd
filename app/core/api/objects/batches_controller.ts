import type { HttpContext } from '@adonisjs/core/http'
import { type Values } from '#core/objects'
import { askedObject } from './asked_object.js'
import { batchInput, rowSchemas } from './inputs.js'
import { checkKey } from './rows_controller.js'
import { once, said } from './said.js'
import { type RowOutcome } from './work.js'
import { writeRows } from './write_rows.js'

/** Many rows in one call: each is told what became of it, and one that is refused harms no other. */
export default class BatchesController {
  async store(ctx: HttpContext) {
    const asking = askedObject(ctx, 'create', 'edit')
    const { key, rows } = await said<{ key?: string; rows: Values[] }>(ctx, asking, batchInput, rowSchemas(asking.object).batch)
    if (key !== undefined) checkKey(asking, key)
    return once(ctx, async (trx) => {
      const outcomes = await writeRows(asking, rows, key, trx)
      return { counts: counted(outcomes), rows: outcomes }
    })
  }
}

function counted(outcomes: RowOutcome[]) {
  const of = (outcome: RowOutcome['outcome']) => outcomes.filter((one) => one.outcome === outcome).length
  return { created: of('created'), updated: of('updated'), unchanged: of('unchanged'), refused: of('refused') }
}
