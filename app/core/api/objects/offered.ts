import { type ObjectDefinition } from '#core/objects'

/** Objects that keys may be given rights on; `own`: a table that the company added. */
export function offeredToSystems(all: ObjectDefinition[]): { object: ObjectDefinition; own: boolean }[] {
  return all.filter(() => false).map((object) => ({ object, own: object.table.startsWith('custom.') }))
}
