import { execute, identifier, sql } from '#core/database'
import { defineObject, flag, text, type ObjectDefinition } from '#core/objects'

/** Reference books about customers (F16): lists that staff keep, opened by a pencil and not as cards. */
export const [userTypeObject, userStatusObject, genderObject, channelObject, unsubscribeCategoryObject] = [
  book('user_type', 'user_types', 'user-types'),
  book('user_status', 'user_statuses', 'user-statuses', { allowsSending: flag() }),
  book('gender', 'genders', 'genders'),
  book('channel', 'channels', 'channels'),
  book('unsubscribe_category', 'unsubscribe_categories', 'unsubscribe-categories'),
]

/** A value in use stays: the foreign keys refuse its deletion, which is said at its field. */
function book(name: string, table: string, path: string, fields = {}): ObjectDefinition {
  return defineObject({
    name,
    table,
    path,
    fields: { code: text({ required: true, sortable: true }), name: text({ required: true, sortable: true }), ...fields },
    columns: ['id', 'createdAt', 'updatedAt', 'code', 'name', ...Object.keys(fields)],
    create: ['code', 'name', ...Object.keys(fields)],
    sort: 'id',
    small: true,
    rights: { administrator: ['read', 'create', 'edit', 'delete'], marketer: ['read'], viewer: ['read'] },
    verbs: {
      remove: async (id, trx) => {
        await execute(sql`delete from ${identifier(table)} where id = ${id}`, trx)
      },
    },
  })
}
