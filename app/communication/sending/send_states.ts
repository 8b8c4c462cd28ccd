import { type Tone } from '#core/objects'

export const sendStates = ['preparing', 'scheduled', 'sending', 'paused', 'finished', 'cancelled', 'failed'] as const

export type SendState = (typeof sendStates)[number]

export const sendTones: Partial<Record<SendState, Tone>> = { sending: 'accent', paused: 'warn', finished: 'good', failed: 'bad' }
