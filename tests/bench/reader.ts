import { plain, type Reader } from '#core/objects'

/** Somebody who reads Russian; words are not what is measured. */
export const reader: Reader = { ...plain, locale: 'ru', timezone: 'Europe/Moscow' }
