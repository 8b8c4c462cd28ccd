import { InvalidValue, type ObjectDefinition } from '#core/objects'
import { compileTemplate } from './template.js'
import { lookupsOf, targetOf } from './targets.js'

/** Where the cells of a field come from. */
export interface Source {
  column?: string
  /** Liquid over the columns of the row: `hh{{ household_id }}@example.com`. */
  template?: string
  /** Reference: the field of the other object by which a cell is looked up, or `title`. */
  by?: string
  /** Reference: what becomes of a row whose cell is found nowhere. */
  unknown?: 'reject' | 'empty'
}

export const modes = ['upsert', 'create', 'update'] as const
export const emptyRules = ['keep', 'clear'] as const

export interface Mapping {
  fields: Record<string, Source>
  /** One of the object's match keys: `externalId`, `receipt+good`. */
  match: string
  mode: (typeof modes)[number]
  /** Whether an empty cell leaves an existing value alone or empties it. */
  empty: (typeof emptyRules)[number]
}

/** A key of no fields: every line of the file is a row of its own. */
export const EVERY_LINE = 'everyLine'

export const keyFields = (match: string) => (match === EVERY_LINE ? [] : match.split('+'))

/** What is wrong with a mapping, by field; `match` stands for the key itself. Empty when it may be started. */
export function faultsOf(object: ObjectDefinition, mapping: Mapping, columns: string[]): Record<string, InvalidValue> {
  const faults: Record<string, InvalidValue> = {}
  for (const [name, source] of Object.entries(mapping.fields)) {
    const fault = faultOf(object, name, source, columns)
    if (fault) faults[name] = fault
  }
  const missing = keyFields(mapping.match).filter((name) => !mapping.fields[name])
  if (!matchKeys(object, mapping).includes(mapping.match)) faults.match = new InvalidValue('matchKey')
  else if (missing.length) faults.match = new InvalidValue('matchUnmapped', { fields: missing.join(', ') })
  return faults
}

/** Keys that the object offers, and any combination of mapped fields that an importer names. */
function matchKeys(object: ObjectDefinition, { match, fields }: Pick<Mapping, 'match' | 'fields'>): string[] {
  const declared = object.importable!.match
  const known = keyFields(match).every((name) => targetOf(object, name) && (fields[name] || declared.includes(match)))
  return known && match.includes('+') ? [...new Set([...declared, match])] : declared
}

function faultOf(object: ObjectDefinition, name: string, source: Source, columns: string[]): InvalidValue | null {
  const target = targetOf(object, name)
  if (!target) return new InvalidValue('notMappable')
  if (target.field.to && source.by && !lookupsOf(target.field.to).includes(source.by)) return new InvalidValue('lookup')
  if (source.template !== undefined) return templateFault(source.template)
  return columns.includes(source.column ?? '') ? null : new InvalidValue('noColumn', { column: source.column })
}

function templateFault(template: string) {
  try {
    compileTemplate(template)
    return null
  } catch (error) {
    return new InvalidValue('template', { reason: (error as Error).message.split('\n')[0] })
  }
}
