import i18n from '@adonisjs/i18n/services/main'
import { type ObjectDefinition } from '#core/objects'
import { keyFields, type Mapping, type Source } from './mapping.js'
import { targetsOf, type Target } from './targets.js'

/** The mapping that a person would most likely make, by what columns are called in the file and fields in both languages. */
export function guessMapping(object: ObjectDefinition, columns: string[]): Mapping {
  const fields: Record<string, Source> = {}
  const free = new Map(columns.map((column) => [plain(column), column]))
  for (const target of targetsOf(object)) {
    const name = namesOf(object, target).find((one) => free.has(one))
    if (name === undefined) continue
    fields[target.field.name] = { column: free.get(name)! }
    free.delete(name)
  }
  const { match } = object.importable!
  const usable = match.find((key) => keyFields(key).every((field) => fields[field]))
  return { fields, match: usable ?? match[0], mode: 'upsert', empty: 'keep' }
}

/** Every way in which a header may call a field, the likeliest first. */
function namesOf(object: ObjectDefinition, { field }: Target): string[] {
  const labels = ['ru', 'en'].map((locale) => i18n.locale(locale).t(`${object.name}.fields.${field.name}`, {}, field.name))
  const names = [field.name, field.column, ...labels, `${object.name}_${field.name}`]
  const reference = field.to ? [`${field.name}_code`, `${field.to}_code`, `${field.to}_id`] : []
  return [...new Set([...names, ...reference].map(plain))]
}

/** `First name`, `first_name` and `firstName` are one. */
function plain(name: string) {
  return name.toLowerCase().replaceAll('ё', 'е').replace(/[^\p{L}\p{N}]/gu, '')
}
