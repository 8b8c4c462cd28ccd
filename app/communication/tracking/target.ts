import { identifier, row, sql } from '#core/database'
import { Parsed } from '../content/engine.js'
import { type Person } from '../content/person.js'
import { personColumn } from '../content/person_columns.js'
import { contextOf } from '../content/vocabulary.js'
import { inLiquid } from '../content/short_macros.js'
import { type DeliveryKey } from './token.js'

export interface Target {
  id: number
  /** As the author wrote it. */
  url: string
  /** Where this customer goes. */
  location: string
}

/** Where a link of a mail leads: only where its stored address says, whatever is put into it (SECURITY, open redirect). */
export async function targetOf(key: DeliveryKey, position: number): Promise<Target | null> {
  const link = await row<{ id: number; url: string; address: string | null; person: Person | null }>(
    sql`select l.id, l.url, d.address,
        (select ${personColumn(identifier('u'))} from users u where u.id = ${key.userId}) as person
      from send_links l left join deliveries d
        on d.send_id = l.send_id and d.user_id = ${key.userId} and d.identifier_id = ${key.identifierId}
      where l.send_id = ${key.sendId} and l.position = ${position}`
  )
  if (!link) return null
  const filledUrl = link.url.includes('{') ? filled(link.url, link.person, link.address ?? '') : link.url
  const location = onStoredHost(filledUrl, link.url)
  return location ? { id: link.id, url: link.url, location } : null
}

/** Macros after the host are filled now, each as one part of an address. */
function filled(url: string, person: Person | null, address: string) {
  if (!person) return url.replace(/\{[{%].*?[%}]\}/gs, '')
  return new Parsed(inLiquid(url), 'url').fill(contextOf(person, { address, token: '', unsubscribeLink: '' }))
}

/** The finished address, ASCII only, if it leads to the host that the author wrote. */
function onStoredHost(url: string, stored: string): string | null {
  const origin = /^https?:\/\/[^/?#]+/i.exec(stored)?.[0]
  if (!origin || !URL.canParse(origin) || !URL.canParse(url)) return null
  const finished = new URL(url)
  return finished.origin === new URL(origin).origin ? finished.href : null
}
