import { row, sql } from '#core/database'
import { mailLeaves } from '#core/mail'
import { dateTime, show, type Reader } from '#core/objects'

/** How the invitation of a person stands: until when it opens, and whether its mail stays here; null for who has a password, or is out. */
export async function invitationState(staffId: number, reader: Reader) {
  const invited = await row<{ until: Date | null }>(
    sql`select (select expires_at from staff_links l where l.staff_id = s.id and l.kind = 'invitation' and l.expires_at > now()) as until
      from staff s where s.id = ${staffId} and s.active and s.password is null`
  )
  return invited ? { until: invited.until && show(dateTime(), invited.until, reader), kept: !mailLeaves() } : null
}
