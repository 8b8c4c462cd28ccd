import { appUrl } from '#config/app'
import { execute, row, sql } from '#core/database'
import { hashOfSecret, newSecret } from '#core/secrets'
import { type TicketMessage } from './carriers.js'
import { hashOfCode, newCode, type Charset } from './codes.js'
import { type Purpose } from './purpose.js'

interface Waiting {
  type: string
  address: string
  name: string
  locale: 'ru' | 'en'
  purpose: Purpose
  kind: 'code' | 'link' | 'both'
  length: number
  charset: Charset
  linkUrl: string | null
  minutes: number
}

/**
 * The code and the link of a ticket, for the message that is being written. They are made here and not when the ticket was, so that they
 * stand in no payload, event, table or log (S-07): the message is the only place that holds them. One that is written again has others,
 * and the earlier die. Undefined where the ticket opens nothing any more.
 */
export async function drawTicket(id: number): Promise<{ type: string; message: TicketMessage } | undefined> {
  const waiting = await waitingTicket(id)
  if (!waiting) return undefined
  const { type, address, name, locale, purpose, minutes } = waiting
  const link = waiting.kind === 'code' ? null : newSecret()
  const url = link && urlOf(waiting, link)
  const code = waiting.kind === 'link' && url ? null : newCode(waiting.charset, waiting.length)
  const drawn = await execute(
    sql`update user_tickets set code_hash = ${code && hashOfCode(id, code)}, link_hash = ${url && link ? hashOfSecret(link) : null}, updated_at = now()
      where id = ${id} and not confirmed and voided_at is null and expires_at > now()`
  )
  return drawn ? { type, message: { to: { name, address }, locale, purpose, code, url, minutes } } : undefined
}

/** By name only where the address is known to be theirs: else anybody could have their own words sent to anybody, as a name. */
function waitingTicket(id: number) {
  return row<Waiting>(
    sql`select i.type, i.value as address, case when i.confirmed then concat_ws(' ', u.given_name, u.middle_name) else '' end as name, u.locale, t.purpose,
        g.kind, g.length, g.charset, g.link_url as "linkUrl", g.life_minutes as minutes
      from user_tickets t
      join user_identifiers i on i.id = t.identifier_id
      join users u on u.id = i.user_id and u.deleted_at is null
      join ticket_generators g on g.id = t.generator_id
      where t.id = ${id} and not t.confirmed and t.voided_at is null and t.expires_at > now()`
  )
}

/** The page of the shop where it has one, else our own, which can confirm an address and no more. */
function urlOf({ linkUrl, purpose }: Waiting, link: string): string | null {
  if (linkUrl) return linkUrl.replaceAll('{link}', link).replaceAll('{purpose}', purpose)
  return purpose === 'confirm' ? `${appUrl.replace(/\/$/, '')}/confirm/${link}` : null
}
