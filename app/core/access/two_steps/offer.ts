import encryption from '@adonisjs/core/services/encryption'
import type { HttpContext } from '@adonisjs/core/http'
import { toString as drawn } from 'qrcode'
import { type Staff } from '../staff.js'
import { addressOfSecret, newTotpSecret } from './totp.js'

const KEY = 'offeredSecret'

/** The secret that the set-up page shows, the same until it is taken: a page that is drawn again does not void the picture on the phone. */
export function offeredSecret({ session }: HttpContext, { id }: Staff): string {
  const purpose = `offer:${id}`
  const sealed: string | undefined = session.get(KEY)
  const kept = sealed && encryption.decrypt<string>(sealed, purpose)
  if (kept) return kept
  const secret = newTotpSecret()
  session.put(KEY, encryption.encrypt(secret, '1 hour', purpose))
  return secret
}

export function forgetOffer({ session }: HttpContext) {
  session.forget(KEY)
}

/** As SVG, made here: the secret is shown to no service that draws pictures. */
export function pictureOf(secret: string, email: string): Promise<string> {
  return drawn(addressOfSecret(secret, email), { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
}
