import { identifier, row, sql, transaction } from '#core/database'
import { create, objects, type Values } from '#core/objects'

export const nobody = { staffId: null }

/** A row of any object, made as a member of staff would make it. Answers its id. */
export async function a(object: string, values: Values): Promise<number> {
  return transaction((trx) => create(objects.get(object), values, nobody, trx))
}

let made = 0

/** A customer who may be written to, unless it is said otherwise. */
export async function aUser(values: Values = {}): Promise<number> {
  return a('user', { externalId: `t-${++made}`, personalDataAgree: true, communicationAgree: true, ...values })
}

/** A confirmed mail address of a customer. Answers the id of the identifier. */
export async function anEmail(user: number, value = `user${user}@example.com`, confirmed = true): Promise<number> {
  return a('identifier', { user, type: 'email', value, confirmed })
}

/** `total` in minor units. */
export async function aReceipt(user: number, values: Values = {}): Promise<number> {
  return a('receipt', { user, number: `r-${++made}`, issuedAt: new Date('2026-06-01T12:00:00Z'), total: 10_00, ...values })
}

/** The id of a value of a reference book. */
export async function idOf(book: string, code: string): Promise<number> {
  const found = await row<{ id: number }>(
    sql`select id from ${identifier(objects.get(book).table)} where code = ${code}`
  )
  return found!.id
}
