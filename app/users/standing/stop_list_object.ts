import { sql } from '#core/database'
import { choice, defineObject, deleteRow, InvalidFields, text } from '#core/objects'
import { identifierTypes } from '../identifiers/identifier_object.js'
import { normalise } from '../identifiers/normalise.js'
import { spelledAs } from '../identifiers/spelled_as.js'

/** Addresses to which nothing is sent, whoever they belong to, and which no further customer gets (F29, F44). */
export const stopListObject = defineObject({
  name: 'stop_list_entry',
  table: 'stop_list',
  path: 'stop-list',
  personalTitle: true,
  title: (row) => sql`${row}.value`,
  fields: {
    type: choice(identifierTypes, { required: true, fixed: true }),
    value: text({ required: true, fixed: true, personal: true, spelled: spelledAs(identifierTypes) }),
    reason: text(),
  },
  create: ['type', 'value', 'reason'],
  small: true,
  rights: { marketer: ['read', 'create', 'edit', 'delete', 'personal'], viewer: ['read', 'reveal'] },
  verbs: {
    before: async (values, _trx, id) => {
      if (id) return values
      const value = normalise(values.type as string, values.value as string)
      if (!value) throw InvalidFields.at('value', 'identifier')
      return { ...values, value }
    },
    remove: (id, trx) => deleteRow('stop_list', id, trx),
  },
})
