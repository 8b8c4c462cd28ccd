import limits from '#config/api'
import { accountKey, addressKey } from './limits.js'
import { anHour, countWithin, forget, takeBack, tally } from './tally.js'

/** Tries that cost no waiting. */
const FREE = 5
const QUARTER_HOUR = 15 * 60
const DAY = 24 * 60 * 60
const STAFF = 'sign-in'

interface Attempt {
  /** Where a customer tries it: the sign-in of staff when not given. Doors count apart. */
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
  if (attempt.address !== null) await countWithin(fromOneAddress(attempt), addressOf(attempt))
  const { count } = await tally(accountOf(attempt), DAY)
  if (count <= FREE) return
  await countWithin({ most: 1, seconds: delayAfter(count - FREE) }, turnOf(attempt))
}

/** The right password: it was the owner. */
export async function forgiveAttempts(attempt: Attempt) {
  if (attempt.address !== null) await takeBack(addressOf(attempt))
  await forget(accountOf(attempt), turnOf(attempt))
}

/** Seconds. */
export function delayAfter(extraTries: number): number {
  return Math.min(2 ** Math.min(extraTries, 12), QUARTER_HOUR)
}

/** Customers of a whole network come from one address, staff of an office do. */
const fromOneAddress = ({ door }: Attempt) => (door ? anHour(limits.guessesPerAddress) : { most: 60, seconds: QUARTER_HOUR })

const addressOf = ({ door = STAFF, address }: Attempt) => `${door}:address:${addressKey(address!)}`
const accountOf = (attempt: Attempt) => `${attempt.door ?? STAFF}:tries:${whose(attempt)}`
const turnOf = (attempt: Attempt) => `${attempt.door ?? STAFF}:turn:${whose(attempt)}`

const whose = ({ account, known }: Attempt) => `${known ? 'known' : 'anybody'}:${accountKey(account)}`
