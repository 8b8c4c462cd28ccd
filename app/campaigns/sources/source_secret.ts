import { keyForm, type RotatedSecret } from '#core/secrets'

/** By its key a server proves that it speaks for the source. Only a hash is kept of it. */
export const sourceKeys = keyForm('tss')

export const sourceSecret: RotatedSecret = {
  object: 'source',
  table: 'sources',
  column: 'key_hash',
  until: 'former_key_until',
  actions: { rotate: 'giveSourceKey', revoke: 'revokeSourceKey' },
}
