import { createHash } from 'node:crypto'
import { TooManyRequests } from '#core/http'
import { addressKey } from '../limits.js'
import { tally } from '../tally.js'

const HOUR = 60 * 60
const FROM_ONE_ADDRESS = 20
const FOR_ONE_ACCOUNT = 3

/** Counts a request for a new password, alike for known and unknown addresses: nobody's mailbox is flooded. Throws `TooManyRequests`. */
export async function countRestore(email: string, address: string) {
  const account = createHash('sha256').update(email).digest('base64url')
  const here = await tally(`restore:address:${addressKey(address)}`, HOUR)
  if (here.count > FROM_ONE_ADDRESS) throw new TooManyRequests(here.left)
  const theirs = await tally(`restore:account:${account}`, HOUR)
  if (theirs.count > FOR_ONE_ACCOUNT) throw new TooManyRequests(theirs.left)
}
