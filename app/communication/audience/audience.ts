import { rows, sql, type Sql, type Transaction } from '#core/database'
import { exclusion, type Terms } from './rules.js'

/** To whom a send goes before anybody is excluded: the members of a segment, or identifiers chosen by hand (F50). */
export interface Choice {
  segmentId: number | null
  identifierIds: number[]
}

export interface Judgement {
  recipients: number
  /** How many each rule excluded, by its code. */
  excluded: Record<string, number>
}

/** Everybody chosen, with the address that they would be written to and the reason why not, over one type of identifier. */
export function judged(choice: Choice, terms: Terms): Sql {
  return sql`select distinct on (c.user_id, i.id) c.user_id, i.id as identifier_id, i.value as address,
      ${exclusion(terms)} as reason
    from (${chosen(choice)}) c
    left join users u on u.id = c.user_id
    left join user_statuses s on s.id = u.status_id
    left join user_identifiers i on i.user_id = c.user_id and i.type = 'email'
      and case when c.identifier_id is null then i.active else i.id = c.identifier_id end
    order by c.user_id, i.id`
}

/** Counts without writing anything: what the summary before a send says. */
export async function judge(choice: Choice, terms: Terms, trx?: Transaction): Promise<Judgement> {
  return tally(
    await rows<Counted>(sql`select reason, count(*) from (${judged(choice, terms)}) j group by reason`, trx)
  )
}

export interface Counted {
  reason: string | null
  count: number
}

export function tally(counted: Counted[]): Judgement {
  const excluded = counted.filter(({ reason }) => reason !== null)
  return {
    recipients: counted.find(({ reason }) => reason === null)?.count ?? 0,
    excluded: Object.fromEntries(excluded.map(({ reason, count }) => [reason, count])),
  }
}

/** Members of a segment are customers, or identifiers of them, as its base object says. Who was merged since it was counted is who they are now. */
function chosen({ segmentId, identifierIds }: Choice): Sql {
  if (segmentId === null) {
    return sql`select i.user_id, i.id as identifier_id from user_identifiers i where i.id = any(${identifierIds}::bigint[])`
  }
  return sql`select coalesce(a.canonical_id, m.member_id) as user_id, null::bigint as identifier_id
      from segment_current m join segments g on g.id = m.segment_id left join user_aliases a on a.user_id = m.member_id
      where m.segment_id = ${segmentId} and g.object = 'user' and g.deleted_at is null
    union all
    select i.user_id, i.id
      from segment_current m join segments g on g.id = m.segment_id join user_identifiers i on i.id = m.member_id
      where m.segment_id = ${segmentId} and g.object = 'identifier' and g.deleted_at is null`
}
