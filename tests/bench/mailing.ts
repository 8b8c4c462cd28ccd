import { row, sql } from '#core/database'
import { type FilterNode } from '#core/filters'

/** Rows that a send needs; what they say does not matter, what they weigh does. */
export async function aSegment(name: string, of: FilterNode[] = [{ field: 'isTest', operator: 'equal', value: ['false'] }]) {
  const created = await row<{ id: number }>(
    sql`insert into segments (name, object, filter) values (${name}, 'user', ${JSON.stringify({ logic: 'and', of })}::jsonb) returning id`
  )
  return created!.id
}

export async function aCommunication(body = '<html><body></body></html>', providerId = 1) {
  const created = await row<{ id: number }>(
    sql`insert into communications (name, channel_id, provider_id, class, sender_name, sender_email, subject, markup, body)
      select 'bench', id, ${providerId}, 'advertising', 'Tessera', 'news@example.com', '{GreetingName}!', 'html', ${body}
      from channels where code = 'email' returning id`
  )
  return created!.id
}

/** Cancelled as far as anybody else is concerned: of a communication only one send may be under way. */
export async function aSend(communicationId: number, segmentId: number, state = 'cancelled') {
  const created = await row<{ id: number }>(
    sql`insert into sends (communication_id, segment_id, state) values (${communicationId}, ${segmentId}, ${state}) returning id`
  )
  return created!.id
}

export async function termsOfAdvertising() {
  const email = await row<{ id: number }>(sql`select id from channels where code = 'email'`)
  return { class: 'advertising' as const, channelId: email!.id, categoryId: null, testCustomers: false }
}
