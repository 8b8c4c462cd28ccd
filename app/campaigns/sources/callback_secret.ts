import { createHmac } from 'node:crypto'
import { type RotatedSecret } from '#core/secrets'

/** From which the secrets of a source's callbacks follow. It is sealed, since whoever checks a signature must know them. */
export const callbackSecret: RotatedSecret = {
  object: 'source',
  table: 'sources',
  column: 'callback_secret',
  until: 'former_callback_until',
  actions: { rotate: 'giveCallbackSecret', revoke: 'revokeCallbackSecret' },
}

/** Each address has a secret of its own, so that one that stands in the place of another proves nothing (F41). */
export const secretOf = (root: string, callback: string) => `whsec_${createHmac('sha256', root).update(callback).digest('base64')}`
