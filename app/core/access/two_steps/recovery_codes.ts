import { createHash, randomInt } from 'node:crypto'
import { execute, row, sql, type Transaction } from '#core/database'

const HOW_MANY = 10
/** Without signs that look alike. Sixteen of them are 80 bits, so a fast hash keeps them well enough. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 16

/** New codes in the place of all earlier ones, to be shown once: only their hashes are kept. */
export async function renewCodes(staffId: number, trx: Transaction): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, newCode)
  await execute(sql`delete from staff_recovery_codes where staff_id = ${staffId}`, trx)
  await execute(
    sql`insert into staff_recovery_codes (hash, staff_id) select hash, ${staffId}
      from unnest(${codes.map((code) => hashOf(staffId, code))}::bytea[]) as hash`,
    trx
  )
  return codes
}

/** Whether it was one of theirs; it is not any more. */
export async function spendCode(staffId: number, code: string): Promise<boolean> {
  const spent = await execute(
    sql`delete from staff_recovery_codes where staff_id = ${staffId} and hash = ${hashOf(staffId, code)}`
  )
  return spent === 1
}

export async function codesLeft(staffId: number): Promise<number> {
  const left = await row<{ count: number }>(sql`select count(*) as count from staff_recovery_codes where staff_id = ${staffId}`)
  return left!.count
}

function newCode() {
  const signs = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('')
  return signs.match(/.{4}/g)!.join('-')
}

/** Bound to the person: a code of somebody else hashes to something else. */
function hashOf(staffId: number, code: string) {
  const plain = code.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHash('sha256').update(`${staffId}:${plain}`).digest()
}
