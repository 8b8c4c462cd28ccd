import { choice, type Field, type FieldDraft, type FieldOptions, type FieldType, type Reader } from '#core/objects'
import { allRoles, roleName } from './roles.js'

/** One of the roles that there are now, by its name. */
export function roleChoice(options: FieldOptions): FieldDraft {
  const draft = choice(() => allRoles().map(({ code }) => code), options)
  const type: FieldType = { ...draft.type, show: (code: string, _field: Field, reader: Reader) => roleName(code, reader) }
  return Object.defineProperty(draft, 'type', { value: type, enumerable: true })
}
