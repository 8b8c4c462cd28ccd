import { IANAZone } from 'luxon'
import { choice, type FieldDraft, type FieldOptions } from '#core/objects'

/** Every zone that the runtime knows, by its IANA name. */
export const timezones = ['UTC', ...Intl.supportedValuesOf('timeZone')]

/** A zone, chosen by the name of a city; how far it is from UTC today stands beside it. */
export const timezone = (options: FieldOptions = {}): FieldDraft => choice(timezones, { ...options, unknown: 'timezone', named })

function named(zone: string) {
  return zone === 'UTC' ? zone : `${zone.replaceAll('_', ' ')}, UTC${IANAZone.create(zone).formatOffset(Date.now(), 'short')}`
}
