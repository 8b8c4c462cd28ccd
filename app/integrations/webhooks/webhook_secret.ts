import { randomBytes } from 'node:crypto'
import encryption from '@adonisjs/core/services/encryption'

/** As Standard Webhooks write it: 256 bits in base64 after a word that tells what it is. */
export const newWebhookSecret = () => `whsec_${randomBytes(32).toString('base64')}`

/** The other side must know the secret as well, so it can be read again; the database alone does not give it away. */
export const sealed = (secret: string): string => encryption.encrypt(secret)

export const unsealed = (kept: string): string => encryption.decrypt<string>(kept)!
