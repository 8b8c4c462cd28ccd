import { recordChange } from '#core/audit'
import { declaredRights, grantableRights, outdateRoles, rightsOf, type Role } from '#core/access'
import { execute, row, sql, type Transaction } from '#core/database'
import { objects, type Actor, type ObjectDefinition, type Right } from '#core/objects'
import { RightsChanged } from './refusals.js'

/** Rights by object, as ticked; an object that is not named keeps what it has. */
export type Ticks = Map<string, Right[]>

/**
 * Writes what a role may do, with one audit row that tells what changed. `seen` is the time of the last change that the page
 * knew of; the row is locked, so that of two who save at once one is told. Throws `RightsChanged`.
 */
export async function saveRights(role: Pick<Role, 'id' | 'code' | 'builtin'>, ticks: Ticks, seen: string, actor: Actor, trx: Transaction) {
  await execute(sql`select 1 from roles where id = ${role.id} for update`, trx)
  if ((await changedAt(role.id, trx)) !== seen) throw new RightsChanged()
  const before: Record<string, string> = {}
  const after: Record<string, string> = {}
  for (const [name, ticked] of ticks) {
    const object = objects.get(name)
    const [had, has] = [rightsOf(role.code, object), meant(object, ticked)]
    if (same(had, has)) continue
    await keep(role, object, has, trx)
    before[name] = had.join(' ')
    after[name] = has.join(' ')
  }
  if (!Object.keys(after).length) return
  await execute(sql`update roles set updated_at = clock_timestamp() where id = ${role.id}`, trx)
  await recordChange({ actor, action: 'role.rights', object: 'role', id: role.id, before, after }, trx)
  trx.after('commit', outdateRoles)
}

/** The last change of a role, exact to the microsecond. */
export async function changedAt(id: number, trx?: Transaction): Promise<string> {
  const role = await row<{ at: string }>(sql`select updated_at::text as at from roles where id = ${id}`, trx)
  return role!.at
}

/** Who may do anything with rows may also read them: no page opens otherwise. */
function meant(object: ObjectDefinition, ticked: Right[]): Right[] {
  const grantable = grantableRights(object)
  const kept = grantable.filter((right) => ticked.includes(right))
  return kept.length && grantable.includes('read') && !kept.includes('read') ? ['read', ...kept] : kept
}

/** A built-in role that is back at what the object declares has no row, so that it follows later releases. */
async function keep(role: Pick<Role, 'code' | 'builtin'>, object: ObjectDefinition, rights: Right[], trx: Transaction) {
  if (role.builtin && same(rights, declaredRights(role.code, object))) {
    await execute(sql`delete from role_rights where role = ${role.code} and object = ${object.name}`, trx)
    return
  }
  await execute(
    sql`insert into role_rights (role, object, rights) values (${role.code}, ${object.name}, ${rights}::text[])
      on conflict (role, object) do update set rights = excluded.rights`,
    trx
  )
}

const same = (one: readonly Right[], other: readonly Right[]) => [...one].sort().join() === [...other].sort().join()
