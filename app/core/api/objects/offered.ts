import { scopeRightsOf } from '#core/access'
import { type ObjectDefinition } from '#core/objects'

/** Objects that keys may be given the right to read; `own`: a table that the company added. */
export function offeredToSystems(all: ObjectDefinition[]): { object: ObjectDefinition; own: boolean }[] {
  return all
    .filter((object) => scopeRightsOf(object).includes('read'))
    .map((object) => ({ object, own: object.table.startsWith('custom.') }))
}

/** The same as the product brings it, without the fields that the company added. */
export function asBrought(object: ObjectDefinition): ObjectDefinition {
  return { ...object, fields: new Map([...object.fields].filter(([, { attribute }]) => !attribute)) }
}
