import { execute, sql } from '#core/database'
import { type Leavings } from '#core/personal'

/** Letters to the person that the built-in inbox caught, whole: their text is made for them alone. */
export const caughtLetters: Leavings = {
  name: 'caughtLetters',
  remove: ({ identifiers }, trx) => {
    const addresses = identifiers.filter(({ type }) => type === 'email').map(({ value }) => value.toLowerCase())
    return execute(sql`delete from inbox_messages where lower(recipient) = any(${addresses}::text[])`, trx)
  },
}
