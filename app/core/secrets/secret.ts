import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits that nobody can guess, fit for an address. */
export const newSecret = () => randomBytes(32).toString('base64url')

/**
 * What is kept of a secret. A fast hash is enough where the secret is long and random: there is no list of likely ones to try
 * (for passwords, which people choose, see `core/access/credentials.ts`).
 */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Whether this is one of the secrets kept so. All are compared, in a time that tells nothing of where they differ. */
export function isSecretAmong(hashes: Buffer[], said: string): boolean {
  const hash = hashOfSecret(said)
  return hashes.filter((kept) => timingSafeEqual(hash, kept)).length > 0
}
