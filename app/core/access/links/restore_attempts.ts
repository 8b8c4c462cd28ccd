import { accountKey, addressKey } from '../limits.js'
import { anHour, countWithin } from '../tally.js'

const FROM_ONE_ADDRESS = anHour(20)
const FOR_ONE_ACCOUNT = anHour(3)

/** Counts a request for a new password, alike for known and unknown addresses: nobody's mailbox is flooded. Throws `TooManyRequests`. */
export async function countRestore(email: string, address: string) {
  await countWithin(FROM_ONE_ADDRESS, `restore:address:${addressKey(address)}`)
  await countWithin(FOR_ONE_ACCOUNT, `restore:account:${accountKey(email)}`)
}
