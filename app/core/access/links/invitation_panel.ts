import { row, sql } from '#core/database'
import { mailLeaves } from '#core/mail'
import { dateTime, show, type Panel } from '#core/objects'

/** On the card of a person: until when the invitation opens, and where its mail is while no server takes it. */
export const invitationPanel: Panel = {
  name: 'invitation',
  tab: 'access',
  view: 'access::components/invitation',
  order: -2,
  async load(id, reader) {
    const found = await row<{ until: Date | null }>(
      sql`select (select expires_at from staff_links l where l.staff_id = s.id and l.kind = 'invitation' and l.expires_at > now()) as until
        from staff s where s.id = ${id} and s.active and s.password is null`
    )
    const until = found?.until ? show(dateTime(), found.until, reader) : undefined
    return { invited: Boolean(found), until, kept: !mailLeaves() }
  },
}
