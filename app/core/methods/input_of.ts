import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { type Reader } from '#core/objects'
import { type Method } from './method.js'
import { BodyUnreadable } from './refusals.js'

/** What the caller says, by the declaration of the method; what it does not name is dropped. Throws `InvalidCall`. */
export async function inputOf(method: Method, { request }: HttpContext, { locale }: Reader): Promise<unknown> {
  const body = request.body()
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new BodyUnreadable()
  const messagesProvider = i18nManager.locale(locale).createMessagesProvider()
  try {
    return await method.input.validate(body, { messagesProvider, meta: undefined })
  } catch (error) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    throw new InvalidCall(Object.fromEntries(error.messages.map(({ field, message }: Wrong) => [field, message])))
  }
}

interface Wrong {
  field: string
  message: string
}

/** Sentences by place: `consents.0.kind`. */
export class InvalidCall extends Error {
  readonly code = 'invalidCall'

  constructor(readonly sentences: Record<string, string>) {
    super(`Invalid: ${Object.keys(sentences).join(', ')}`)
  }
}
