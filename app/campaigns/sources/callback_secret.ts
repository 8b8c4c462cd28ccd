import { type RotatedSecret } from '#core/secrets'

/** From which the secrets of a source's callbacks follow, one for each address (F41). It is sealed, since whoever checks a signature must know them. */
export const callbackSecret: RotatedSecret = {
  object: 'source',
  table: 'sources',
  column: 'callback_secret',
  until: 'former_callback_until',
  actions: { rotate: 'giveCallbackSecret', revoke: 'revokeCallbackSecret' },
}
