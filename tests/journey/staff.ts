import argon2 from 'argon2'
import { type Tables } from './oracle_of_tables.ts'
import { Visitor } from './visitor.ts'

const EMAIL = 'journey@example.com'
const PASSWORD = 'a password of this journey'

/** The first member of staff, put there as an installer would, who then signs in like anybody else. */
export async function signIn(address: string, tables: Tables): Promise<Visitor> {
  await tables.all(
    `insert into staff (email, name, password, role, locale, timezone)
    values ($1, 'Anna Walker', $2, 'administrator', 'en', 'UTC')`,
    [EMAIL, await argon2.hash(PASSWORD, { type: argon2.argon2id })]
  )
  const visitor = new Visitor(address)
  const form = await visitor.open('/login')
  await visitor.send(form, '/login', { email: EMAIL, password: PASSWORD })
  return visitor
}
