import encryption from '@adonisjs/core/services/encryption'

/** A secret that must be read again, as it is kept: under APP_KEY, so that a copy of the database alone gives nothing away. */
export const sealed = (secret: string): string => encryption.encrypt(secret)

/** What was sealed under another APP_KEY is as good as missing. */
export const unsealed = (kept: string | null | undefined): string | null => (kept ? encryption.decrypt<string>(kept) : null)
