import { createHash, randomBytes } from 'node:crypto'

/** 256 bits that nobody can guess, fit for an address. */
export const newSecret = () => randomBytes(32).toString('base64url')

/**
 * What is kept of a secret. A fast hash is enough where the secret is long and random: there is no list of likely ones to try
 * (for passwords, which people choose, see `credentials.ts`).
 */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
