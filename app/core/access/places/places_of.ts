import { rows, sql } from '#core/database'
import { show, dateTime, type Reader } from '#core/objects'
import { deviceOf } from './device.js'

export interface Place {
  id: number
  device: string
  address: string
  since: string
  lastSeen: string
  /** The very session that asks. */
  here: boolean
}

/** Where somebody is signed in, the latest first. A session lives for twelve hours after it was last seen (config/session.ts). */
export async function placesOf(staffId: number, reader: Reader, here: number | null = null): Promise<Place[]> {
  const found = await rows<{ id: number; agent: string; address: string; since: Date; lastSeen: Date }>(
    sql`select s.id, s.agent, s.address, s.created_at as since, s.last_seen_at as "lastSeen"
      from staff_sessions s join staff on staff.id = s.staff_id and staff.session_version = s.version and staff.active
      where s.staff_id = ${staffId} and s.last_seen_at > now() - interval '12 hours'
      order by s.last_seen_at desc, s.id desc limit 100`
  )
  return found.map(({ id, agent, address, since, lastSeen }) => ({
    id,
    address,
    device: deviceOf(agent) ?? reader.t('access.places.unknownDevice'),
    since: show(dateTime(), since, reader),
    lastSeen: show(dateTime(), lastSeen, reader),
    here: id === here,
  }))
}
