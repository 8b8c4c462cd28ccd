import type { HttpContext } from '@adonisjs/core/http'
import { sql, type Sql } from '#core/database'

/**
 * The built-in inbox has two boxes: mail to customers, and mail of the product to staff, which may hold a link that opens an account and
 * is for administrators only. A box is called as its section is addressed.
 */
export type Box = 'inbox' | 'system-mail'

/** Which messages lie in a box, over one row. */
export const inBox = (box: Box, message: Sql) => sql`${message}.system = ${box === 'system-mail'}`

/** The box that an address opens. */
export const boxOf = ({ route }: HttpContext): Box => (route!.pattern.startsWith('/system-mail') ? 'system-mail' : 'inbox')
