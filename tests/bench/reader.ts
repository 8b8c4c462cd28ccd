import { type Reader } from '#core/objects'

/** Somebody who reads Russian; words are not what is measured. */
export const reader: Reader = { locale: 'ru', timezone: 'Europe/Moscow', currency: 'RUB', t: (key) => key }
