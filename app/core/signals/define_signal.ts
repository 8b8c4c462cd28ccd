import { type Sql, type Transaction } from '#core/database'
import { publish, publishFrom, type Context } from './publish.js'
import { type Signal } from './signal.js'

interface Publication {
  userId: number
  /** When it happened; now when not given. */
  at?: Date
  /** Where it happened, when through a source. */
  context?: Context
  [field: string]: unknown
}

export interface PublishableSignal extends Signal {
  /** One thing that happened to one customer, inside the transaction of the change. Answers the key of its event. */
  publish(payload: Publication, trx: Transaction): Promise<string>
  /** The same for many, as one insert: `source` selects `user_id`, `occurred_at` and `payload` (jsonb). */
  publishFrom(source: Sql, trx: Transaction, context?: Context): Promise<number>
}

/** Something that happens in a section and that others may follow (DESIGN, "Down by call, up by signal"). */
export function defineSignal(name: string, payload: Signal['payload']): PublishableSignal {
  return {
    name,
    payload,
    publish: ({ userId, at, context, ...values }, trx) => publish(name, { userId, at, context, values }, trx),
    publishFrom: (source, trx, context) => publishFrom(name, source, trx, context),
  }
}
