import { randomUUID } from 'node:crypto'
import { transaction } from '#core/database'
import { addStaff, Staff, type NewStaff } from '#core/access'

export const PASSWORD = 'correct horse battery'

/** Somebody who works here; a marketer named at random unless said otherwise. */
export async function aMemberOfStaff(person: Partial<NewStaff> = {}): Promise<Staff> {
  const whole: NewStaff = {
    name: 'Мария Ёлкина',
    email: `${randomUUID()}@example.com`,
    password: PASSWORD,
    role: 'marketer',
    locale: 'en',
    timezone: 'UTC',
    ...person,
  }
  const id = await transaction((trx) => addStaff(whole, { staffId: null }, trx))
  return Staff.findOrFail(id)
}
