import { execute, row, sql, type Transaction } from '#core/database'
import { grantableRights, rightsOf } from '#core/access'
import { objects } from '#core/objects'

/** Gives a role what another one may at this moment; what nobody but administrators may have is left out. */
export async function copyRights(from: number, to: number, trx: Transaction) {
  const source = await codeOf(from, trx)
  const target = await codeOf(to, trx)
  for (const object of objects.all()) {
    const rights = rightsOf(source, object).filter((right) => grantableRights(object).includes(right))
    if (rights.length) {
      await execute(sql`insert into role_rights (role, object, rights) values (${target}, ${object.name}, ${rights}::text[])`, trx)
    }
  }
}

async function codeOf(id: number, trx: Transaction) {
  const role = await row<{ code: string }>(sql`select code from roles where id = ${id}`, trx)
  return role!.code
}
