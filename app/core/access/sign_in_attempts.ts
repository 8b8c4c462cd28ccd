import { createHash } from 'node:crypto'
import { TooManyRequests } from '#core/http'
import { addressKey } from './limits.js'
import { forget, takeBack, tally } from './tally.js'

/** Tries that cost no waiting. */
const FREE = 5
const FROM_ONE_ADDRESS = 60
const LONGEST_DELAY = 15 * 60
const QUARTER_HOUR = 15 * 60
const DAY = 24 * 60 * 60
const STAFF = 'sign-in'

export interface Attempt {
  /** Where it is tried: the sign-in of staff when not given. Doors count apart. */
  door?: string
  /** Whose way in: a mail address, normalised. */
  account: string
  /** Null: a server asks for many people, so its address says nothing. */
  address: string | null
  /** From there they have signed in before (`known_browser.ts`). */
  known: boolean
}

/**
 * Counts a try before the password is looked at, so that parallel tries count too. From the sixth on one try is let through in a
 * time that doubles, up to a quarter of an hour: slow for who guesses, never for good for the owner, whose own browser is
 * counted apart from the rest of the world. Throws `TooManyRequests`.
 */
export async function countAttempt(attempt: Attempt) {
  if (attempt.address !== null) {
    const here = await tally(addressOf(attempt), QUARTER_HOUR)
    if (here.count > FROM_ONE_ADDRESS) throw new TooManyRequests(here.left)
  }
  const { count } = await tally(accountOf(attempt), DAY)
  if (count <= FREE) return
  const turn = await tally(turnOf(attempt), delayAfter(count - FREE))
  if (turn.count > 1) throw new TooManyRequests(turn.left)
}

/** The right password: it was the owner. */
export async function forgiveAttempts(attempt: Attempt) {
  if (attempt.address !== null) await takeBack(addressOf(attempt))
  await forget(accountOf(attempt))
  await forget(turnOf(attempt))
}

/** Seconds. */
export function delayAfter(extraTries: number): number {
  return Math.min(2 ** Math.min(extraTries, 12), LONGEST_DELAY)
}

const addressOf = ({ door = STAFF, address }: Attempt) => `${door}:address:${addressKey(address!)}`
const accountOf = (attempt: Attempt) => `${attempt.door ?? STAFF}:tries:${whose(attempt)}`
const turnOf = (attempt: Attempt) => `${attempt.door ?? STAFF}:turn:${whose(attempt)}`

/** Hashed: a table of limits is no list of people. */
function whose({ account, known }: Attempt) {
  return `${known ? 'known' : 'anybody'}:${createHash('sha256').update(account).digest('base64url')}`
}
