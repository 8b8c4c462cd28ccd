import { operators } from '#core/filters'
import { type Reader } from '#core/objects'

/** Operators on a field, as a person looks one up: what it says, of which types, and how many values it takes. */
export function filterRows(reader: Reader) {
  return operators.map(({ name, types, arity }) => ({
    name,
    label: reader.t(`operators.${name}`),
    types: types.map((type) => reader.t(`api.fieldTypes.${type}`)).join(', '),
    values: arity === 'many' ? reader.t('api.filter.many') : String(arity),
  }))
}
