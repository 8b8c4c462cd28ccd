import { type Group } from '@japa/runner/core'
import { execute, sql } from '#core/database'
import { outdateRoles, refreshRoles } from '#core/access'
import { type Right } from '#core/objects'

/** A role of one's own that may what is said here, by object, and nothing else. */
export async function aRole(code: string, rights: Record<string, Right[]>) {
  await execute(sql`insert into roles (code, name_ru, name_en) values (${code}, ${`Роль ${code}`}, ${`Role ${code}`})`)
  for (const [object, ticked] of Object.entries(rights)) {
    await execute(sql`insert into role_rights (role, object, rights) values (${code}, ${object}, ${ticked}::text[])`)
  }
  await rolesReadAnew()
  return code
}

export async function rolesReadAnew() {
  outdateRoles()
  await refreshRoles()
}

/** What was rolled back is believed no longer; `rolledBack` comes first. */
export function rolesForgotten(group: Group) {
  group.each.setup(() => rolesReadAnew)
}
