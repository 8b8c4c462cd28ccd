import { sql } from '#core/database'
import { flag, type Button } from '#core/objects'
import { alive } from '../sessions/alive.js'

/** What staff see of an account: that there is a password, never which. */
export const accountFields = {
  hasPassword: flag({ sql: (row) => sql`exists (select from user_passwords p where p.user_id = ${row}.id)` }),
  signedIn: flag({ sql: (row) => sql`exists (select from user_sessions s where s.user_id = ${row}.id and ${alive(sql`s`)})` }),
}

export const accountButtons: Button[] = [
  { name: 'sendRestore', post: (id) => `/users/${id}/password-letters`, right: 'edit', confirm: true, when: ({ mainEmail, standing }) => Boolean(mainEmail) && standing === 'active' },
  { name: 'signOutEverywhere', post: (id) => `/users/${id}/sessions/end`, right: 'edit', confirm: true, when: ({ signedIn }) => signedIn === true },
]
