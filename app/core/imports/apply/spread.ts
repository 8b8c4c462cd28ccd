import { empty, join, type Sql } from '#core/database'

/** Fragments one after another, or none: unlike `join`, it takes an empty list. */
export const spread = (parts: Sql[]): Sql => (parts.length ? join(parts, ' ') : empty)
