import { row, sql, type Transaction } from '#core/database'
import { hashOfSecret, newSecret } from '#core/secrets'

/** `invitation`: choose a first password. `restore`: choose another one. */
export type LinkKind = 'invitation' | 'restore'

const LIFE_MINUTES: Record<LinkKind, number> = { invitation: 72 * 60, restore: 30 }

/** A link for a person in the place of any earlier one of its kind. It opens nothing until a mail with its token is written. */
export async function newLink(staffId: number, kind: LinkKind, trx?: Transaction): Promise<number> {
  const link = await row<{ id: number }>(
    sql`with former as (delete from staff_links where staff_id = ${staffId} and kind = ${kind} returning 1)
      insert into staff_links (staff_id, kind, hash, expires_at)
      select ${staffId}, ${kind}, ${hashOfSecret(newSecret())}, now() + ${LIFE_MINUTES[kind]} * interval '1 minute'
      from (select count(*) from former) after_that
      returning id`,
    trx
  )
  return link!.id
}

export interface Addressed {
  kind: LinkKind
  token: string
  expiresAt: Date
  name: string
  address: string
  locale: 'ru' | 'en'
  timezone: string
}

/**
 * The token of a link, for the mail that is being written. It is made here and not when the link was, so that it stands in no payload,
 * no table and no log: the mail is the only place that holds it. A mail that is written again has another one, and the earlier dies.
 */
export async function tokenOf(id: number): Promise<Addressed | undefined> {
  const token = newSecret()
  const addressed = await row<Omit<Addressed, 'token'>>(
    sql`update staff_links l set hash = ${hashOfSecret(token)} from staff s
      where l.id = ${id} and s.id = l.staff_id and s.active and l.expires_at > now()
      returning l.kind, l.expires_at as "expiresAt", s.name, s.email as address, s.locale, s.timezone`
  )
  return addressed && { ...addressed, token }
}

interface Holder {
  staffId: number
  name: string
  email: string
}

/** Whose link it is, or undefined when it opens nothing (any more). Looking changes nothing: scanners of mail look at every link. */
export async function holderOf(token: string, kind: LinkKind): Promise<Holder | undefined> {
  return row<Holder>(
    sql`select s.id as "staffId", s.name, s.email from staff_links l join staff s on s.id = l.staff_id
      where l.hash = ${hashOfSecret(token)} and l.kind = ${kind} and l.expires_at > now() and s.active`
  )
}

/** Uses a link up; of two at the same moment one gets undefined. */
export async function spend(token: string, kind: LinkKind, trx: Transaction): Promise<number | undefined> {
  const spent = await row<{ staffId: number }>(
    sql`delete from staff_links l using staff s
      where l.hash = ${hashOfSecret(token)} and l.kind = ${kind} and l.expires_at > now() and s.id = l.staff_id and s.active
      returning l.staff_id as "staffId"`,
    trx
  )
  return spent?.staffId
}
