import encryption from '@adonisjs/core/services/encryption'
import { type Source } from '#core/methods'
import { type Vouched } from './vouched.js'
import { SocialLoginOver } from './refusals.js'

const USE = 'social'

interface Pass {
  sourceId: number
  vouched: Vouched
}

/** The word of a provider, sealed, in the hands of who registers: nothing of them is kept until they have agreed. */
export const pass = (vouched: Vouched, { id }: Source): string => encryption.encrypt({ sourceId: id, vouched } satisfies Pass, '30 minutes', USE)

/** Throws `SocialLoginOver`. */
export function readPass(text: string, { id }: Source): Vouched {
  const read = encryption.decrypt<Pass>(text, USE)
  if (read?.sourceId !== id) throw new SocialLoginOver()
  return read.vouched
}
