import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { type Reader } from '#core/objects'
import { type Method } from './method.js'
import { BodyUnreadable } from './refusals.js'
import { schemaOf } from './schema.js'
import { faultsOf } from './shape.js'

/** What the caller says, exactly as the method declares it. Throws `InvalidCall`. */
export async function inputOf({ input }: Pick<Method, 'input'>, ctx: HttpContext, reader: Reader): Promise<unknown> {
  const said = saidIn(ctx)
  const faults = faultsOf(schemaOf(input), said)
  if (faults.length) throw new InvalidCall(faults.map(({ path, code }) => [path, reader.t(`calls.${code}`)]))
  try {
    return await input.validate(said, { messagesProvider: i18nManager.locale(reader.locale).createMessagesProvider('calls'), meta: undefined })
  } catch (error) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    throw new InvalidCall((error.messages as Wrong[]).map(({ field, message }) => [field, message]))
  }
}

interface Wrong {
  field: string
  message: string
}

/** The body; of one with files, its part `input`. */
function saidIn({ request }: HttpContext): object {
  const body = request.body()
  const said = request.is(['multipart']) ? parsed(body.input) : body
  if (said === null || typeof said !== 'object' || Array.isArray(said)) throw new BodyUnreadable()
  return said
}

function parsed(text: unknown): unknown {
  if (text === undefined) return {}
  try {
    return JSON.parse(String(text), (name, value) => {
      if (name === '__proto__') throw new BodyUnreadable()
      return value
    })
  } catch {
    throw new BodyUnreadable()
  }
}

/** What a refusal names at most: a body of a thousand mistakes is not answered by a thousand sentences. */
const MOST_TOLD = 50

/** Sentences by place: `consents.0.kind`. */
export class InvalidCall extends Error {
  readonly code = 'invalidCall'
  readonly sentences: Record<string, string>

  constructor(told: [place: string, sentence: string][]) {
    super(`Invalid: ${told.length}`)
    this.sentences = Object.fromEntries(told.slice(0, MOST_TOLD))
  }
}
