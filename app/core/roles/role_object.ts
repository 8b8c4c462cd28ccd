import { row, rows, sql, type Transaction } from '#core/database'
import { outdateRoles } from '#core/access'
import { belongsTo, defineObject, deleteRow, flag, integer, text, type Values } from '#core/objects'
import { copyRights } from './copy_rights.js'
import { freeCode } from './free_code.js'
import { rightsHistory } from './history.js'
import { peoplePanel } from './people_panel.js'
import { BuiltInRole, RoleInUse } from './refusals.js'

/** What a member of staff may do is said by their role (F17); the rights themselves stand on a page of their own. */
export const roleObject = defineObject({
  name: 'role',
  table: 'roles',
  path: 'roles',
  title: (role, locale) => (locale === 'ru' ? sql`${role}.name_ru` : sql`${role}.name_en`),
  fields: {
    code: text({ readonly: true }),
    nameRu: text({ required: true, sortable: true, max: 60 }),
    nameEn: text({ required: true, sortable: true, max: 60 }),
    description: text({ format: 'multiline', max: 500 }),
    like: belongsTo('role', { required: true, fixed: true }),
    twoSteps: flag(),
    builtin: flag({ readonly: true }),
    people: integer({ sql: (role) => sql`(select count(*) from staff where staff.role = ${role}.code and staff.active)` }),
  },
  columns: ['id', 'nameRu', 'nameEn', 'description', 'people', 'builtin', 'like', 'updatedAt'],
  sort: 'id',
  card: ['nameRu', 'nameEn', 'description', 'twoSteps', 'code', 'like', 'builtin', 'createdAt', 'updatedAt'],
  create: ['nameRu', 'nameEn', 'description', 'like'],
  tabs: ['people'],
  panels: [peoplePanel],
  buttons: [
    { name: 'viewAs', post: (id) => `/roles/${id}/viewing`, right: 'edit', when: ({ code }) => code !== 'administrator' },
    { name: 'rights', href: (id) => `/roles/${id}/rights`, right: 'read', primary: true },
  ],
  attributes: 'none',
  rights: { administrator: ['read', 'create', 'edit', 'delete'] },
  reserved: ['create', 'edit', 'delete'],
  history: rightsHistory,
  trash: true,
  verbs: { before: complete, after: settle, release, remove },
})

async function complete(values: Values, trx: Transaction, id?: number): Promise<Values> {
  return id ? values : { ...values, code: await freeCode(String(values.nameEn), trx) }
}

/** A new role starts with the rights of the one that it was made like. */
async function settle(id: number, { code, like }: Values, trx: Transaction) {
  if (typeof code === 'string') await copyRights(like as number, id, trx)
  trx.after('commit', outdateRoles)
}

/** Locked, so that nobody is given the role while it goes; its rights wait with it in the trash. */
async function release(id: number, trx: Transaction) {
  const role = await row<{ code: string; builtin: boolean }>(sql`select code, builtin from roles where id = ${id} for update`, trx)
  if (!role) return
  if (role.builtin) throw new BuiltInRole()
  const people = await rows<{ name: string }>(sql`select name from staff where role = ${role.code} order by name limit 6`, trx)
  if (people.length) throw new RoleInUse(people.map(({ name }) => name))
  trx.after('commit', outdateRoles)
}

async function remove(id: number, trx: Transaction) {
  await deleteRow('roles', id, trx)
  trx.after('commit', outdateRoles)
}
