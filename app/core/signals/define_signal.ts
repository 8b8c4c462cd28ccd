import { type Sql, type Transaction } from '#core/database'
import { publish, publishFrom } from './publish.js'

/** Types of a payload's fields; scenarios offer them as context (F118). */
export type PayloadType = 'text' | 'number' | 'money' | 'datetime' | 'flag' | 'reference'

export interface Signal {
  /** `receipt.added`; label `signals.<name>`. */
  name: string
  payload: Record<string, PayloadType>
}

export interface Publication {
  userId: number
  /** When it happened; now when not given. */
  at?: Date
  [field: string]: unknown
}

export interface PublishableSignal extends Signal {
  /** One thing that happened to one customer, inside the transaction of the change. */
  publish(payload: Publication, trx: Transaction): Promise<void>
  /**
   * The same for many, as one insert: `source` selects `user_id`, `occurred_at` and `payload` (jsonb). Answers how many.
   */
  publishFrom(source: Sql, trx: Transaction): Promise<number>
}

/** Something that happens in a section and that others may follow (DESIGN, "Down by call, up by signal"). */
export function defineSignal(name: string, payload: Signal['payload']): PublishableSignal {
  return {
    name,
    payload,
    publish: (values, trx) => publish(name, values, trx),
    publishFrom: (source, trx) => publishFrom(name, source, trx),
  }
}
