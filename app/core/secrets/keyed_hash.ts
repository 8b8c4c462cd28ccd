import { createHmac, createSecretKey, hkdfSync } from 'node:crypto'
import env from '#start/env'

/**
 * A hash under APP_KEY, apart for each use: of what is short, or what people choose, so that who has a copy of the database alone cannot try
 * likely ones against it.
 */
export function keyedHash(use: string): (text: string) => Buffer {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', env.get('APP_KEY').release(), '', use, 32)))
  return (text) => createHmac('sha256', key).update(text).digest()
}
