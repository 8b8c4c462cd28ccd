import { Remembered, rows, sql } from '#core/database'
import { builtInRoles, type Reader, type Right, type RoleName } from '#core/objects'

export interface Role {
  id: number
  code: RoleName
  ru: string
  en: string
  builtin: boolean
  /** Its people must sign in in two steps. */
  twoSteps: boolean
}

interface Known {
  roles: Map<RoleName, Role>
  /** What was ticked, by `roleAndObject`. */
  rights: Map<string, readonly Right[]>
}

const known = new Remembered<Known>(
  { roles: new Map(builtInRoles.map((code) => [code, { id: 0, code, ru: code, en: code, builtin: true, twoSteps: false }])), rights: new Map() },
  readRoles
)

/** Brings roles and their rights up to date: asked at the start of every request of somebody who signed in. */
export const refreshRoles = () => known.refresh()

/** The next request reads anew: a role or its rights were changed. Called once that is committed. */
export const outdateRoles = () => known.outdate()

/** Every role, those that come along first. */
export const allRoles = () => [...known.value.roles.values()]

export const roleOf = (code: RoleName) => known.value.roles.get(code)

export function roleName(code: RoleName, { locale }: Pick<Reader, 'locale'>): string {
  return roleOf(code)?.[locale] ?? code
}

/** What an administrator ticked for a role on an object; undefined when nobody ever did. */
export const tickedRights = (role: RoleName, object: string) => known.value.rights.get(roleAndObject(role, object))

const roleAndObject = (role: RoleName, object: string) => `${role} ${object}`

async function readRoles(): Promise<Known> {
  const roles = await rows<Role>(sql`select id, code, name_ru as ru, name_en as en, builtin, two_steps as "twoSteps" from roles where deleted_at is null order by id`)
  const rights = await rows<{ role: RoleName; object: string; rights: Right[] }>(sql`select role, object, rights from role_rights`)
  return {
    roles: new Map(roles.map((role) => [role.code, role])),
    rights: new Map(rights.map((one) => [roleAndObject(one.role, one.object), one.rights])),
  }
}
