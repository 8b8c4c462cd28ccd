import { randomBytes } from 'node:crypto'
import hash from '@adonisjs/core/services/hash'
import { Staff } from '#core/access'
import { type Transaction } from '#core/database'

/** One person a role, so that each can be tried. */
const accounts = [
  { email: 'admin@demo.test', name: 'Анна Соколова', role: 'administrator' },
  { email: 'marketer@demo.test', name: 'Михаил Лебедев', role: 'marketer' },
  { email: 'viewer@demo.test', name: 'Вера Орлова', role: 'viewer' },
] as const

/** They share the password that `npm start` prints; without it one is made and told here, once. */
export async function hireStaff(trx: Transaction) {
  const password = process.env.DEMO_PASSWORD || newPassword()
  const hashed = await hash.make(password)
  for (const account of accounts) {
    await Staff.create({ ...account, password: hashed }, { client: trx })
  }
}

function newPassword() {
  const password = randomBytes(9).toString('base64url')
  console.log(`Demo sign-in: ${accounts.map(({ email }) => email).join(', ')}; password ${password}`)
  return password
}
