import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import bodyParser from '#config/bodyparser'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { BodyTooLarge, BodyUnread, BodyUnreadable } from './refusals.js'
import { type Caller } from './method.js'
import { tooDeep } from './shape.js'

/** What a call may weigh that says nothing of files. */
export const PLAIN_BYTES = 64 * 1024

/**
 * JSON as it was written, nothing trimmed and nothing emptied: a password may begin with a space. Files come as parts beside `input`. A callback
 * may be a form as well: its callers write what they write.
 */
export function bodyOf({ files = [], bytes = PLAIN_BYTES, caller }: { files?: readonly string[]; bytes?: number; caller?: Caller }) {
  const types = ['json', ...(files.length ? ['multipart'] : []), ...(caller === 'callback' ? ['urlencoded'] : [])]
  const parser = parserOf(types, bytes)
  return async (ctx: HttpContext, next: NextFn) => {
    const { request } = ctx
    if (request.header('content-length') === '0') return next()
    if (Number(request.header('content-length') ?? 0) > bytes) throw new BodyTooLarge()
    if (request.hasBody() && !request.is(types)) throw new BodyUnread()
    refuseDepth(ctx)
    return parser.handle(ctx, next)
  }
}

/** Looked at before anything copies the body by recursion, which a deep one would break. */
function refuseDepth({ request }: HttpContext) {
  const keep = request.setInitialBody.bind(request)
  request.setInitialBody = (body) => {
    if (tooDeep(body)) throw new BodyUnreadable()
    keep(body)
  }
}

function parserOf(types: string[], limit: number) {
  const asWritten = { convertEmptyStringsToNull: false, trimWhitespaces: false }
  const { form, json, raw, multipart } = bodyParser
  return new BodyParserMiddleware({
    ...bodyParser,
    form: { ...form, ...asWritten, limit, types: types.includes('urlencoded') ? form.types : [] },
    json: { ...json, ...asWritten, limit, types: ['application/json'] },
    raw: { ...raw, types: [] },
    multipart: {
      ...multipart,
      ...asWritten,
      types: types.includes('multipart') ? multipart.types : [],
      limit,
      fieldsLimit: PLAIN_BYTES,
      maxFields: 20,
      processManually: [],
    },
  })
}
