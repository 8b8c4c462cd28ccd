import { row, sql, type Sql, type Transaction } from '#core/database'
import { personOf } from '../merge/canonical.js'
import { type Pair } from './cells.js'
import { inLog } from './unsubscriptions.js'

interface Asked {
  userId: number
  named: Pair
  /** Null: not known, so that every no may have come after it. */
  at: Date | null
}

/**
 * Whether a customer, under whatever id, said no to what is named from a moment on: took a consent back, left it, wanted only what they chose.
 * What an opt-in itself writes to open no more than is named is no such word.
 */
export async function saidNoSince({ userId, named: { channelId, categoryId }, at }: Asked, trx: Transaction): Promise<boolean> {
  const ids = await personOf(userId, trx)
  const found = await row(
    sql`select from consent_log l cross join (select ${inLog(sql`${channelId}::bigint`, sql`${categoryId}::bigint`)} as subject) named
      where l.user_id = any(${ids}::bigint[]) and l.created_at >= coalesce(${at}::timestamptz, '-infinity')
        and l.method is distinct from 'callback/optIn'
        and (
          (l.kind in ('personal_data', 'communication', 'regime') and not l.value)
          or (l.value = (l.kind = 'unsubscribe') and l.kind in ('unsubscribe', 'subscribe') and ${meet(1)} and ${meet(2)})
        )
      limit 1`,
    trx
  )
  return Boolean(found)
}

/** Channels, and categories, that the word and what is named have in common; a star stands for all. */
const meet = (part: 1 | 2): Sql => {
  const [said, named] = [sql`split_part(l.subject, '/', ${part})`, sql`split_part(named.subject, '/', ${part})`]
  return sql`(${said} = ${named} or '*' in (${said}, ${named}))`
}
