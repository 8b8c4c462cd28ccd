import { IANAZone } from 'luxon'
import type { HttpContext } from '@adonisjs/core/http'

/** The zone that was typed, or the one before when there is no such zone. */
export function timezoneIn({ request }: HttpContext, before: string): string {
  const typed = request.input('timezone')
  return typeof typed === 'string' && IANAZone.isValidZone(typed) ? typed : before
}
