import { type Schema } from '#core/methods'
import { type Reader } from '#core/objects'

export const parameter = (name: string) => ({ $ref: `#/components/parameters/${name}` })
export const schemaNamed = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const problemNamed = (status: number) => ({ $ref: `#/components/responses/problem${status}` })

/** Headers of an answer, by their names among the parts. */
export const header = (...names: (keyof typeof headers)[]) => ({
  headers: Object.assign({}, ...names.map((name) => headers[name])) as Record<string, object>,
})

const headers = {
  rateLimit: Object.fromEntries(
    (['Limit', 'Remaining', 'Reset'] as const).map((part) => [`X-RateLimit-${part}`, { $ref: `#/components/headers/rateLimit${part}` }])
  ),
  replayed: { 'Idempotency-Replayed': { $ref: '#/components/headers/idempotencyReplayed' } },
}

/** Refusals of an operation, and whatever else it may be refused with. */
export function problems(...statuses: number[]) {
  return { ...Object.fromEntries(statuses.map((status) => [status, problemNamed(status)])), default: { $ref: '#/components/responses/problem' } }
}

const STATUSES = [400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503]

/** What operations share, in the words of the reader. */
export function commonParts({ t }: Reader) {
  const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: schemaNamed('Problem') } } })
  const inHeader = (name: string, words: string, schema: Schema) => ({ name, in: 'header', required: false, description: t(words), schema })
  return {
    securitySchemes: {
      sourceKey: { type: 'apiKey', in: 'header', name: 'X-Source-Key', description: t('api.security.sourceKey') },
      customer: { type: 'http', scheme: 'bearer', description: t('api.security.customer') },
      webhookSignature: { type: 'apiKey', in: 'header', name: 'webhook-signature', description: t('api.security.webhookSignature') },
      callbackSecret: { type: 'apiKey', in: 'query', name: 'secret', description: t('api.security.callbackSecret') },
      apiKey: { type: 'http', scheme: 'bearer', description: t('api.security.apiKey') },
    },
    parameters: {
      source: { name: 'source', in: 'path', required: true, description: t('api.parameters.source'), schema: { type: 'string' }, example: 'site' },
      idempotencyKey: inHeader('Idempotency-Key', 'api.parameters.idempotencyKey', { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' }),
      language: inHeader('Accept-Language', 'api.parameters.language', { type: 'string', examples: ['ru', 'en'] }),
      origin: inHeader('Origin', 'api.parameters.origin', { type: 'string', examples: ['https://shop.example'] }),
      user: inHeader('X-User', 'api.parameters.user', { type: 'string', examples: ['15', 'phone:+79160000000'] }),
      webhookId: inHeader('webhook-id', 'api.parameters.webhookId', { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' }),
      webhookTimestamp: inHeader('webhook-timestamp', 'api.parameters.webhookTimestamp', { type: 'string', pattern: '^[1-9][0-9]{0,11}$' }),
      id: { name: 'id', in: 'path', required: true, description: t('api.parameters.id'), schema: { type: 'integer', minimum: 1 } },
    },
    headers: {
      rateLimitLimit: { description: t('api.headers.limit'), schema: { type: 'integer' } },
      rateLimitRemaining: { description: t('api.headers.remaining'), schema: { type: 'integer' } },
      rateLimitReset: { description: t('api.headers.reset'), schema: { type: 'integer' } },
      idempotencyReplayed: { description: t('api.headers.replayed'), schema: { type: 'string', enum: ['true'] } },
      retryAfter: { description: t('api.headers.retryAfter'), schema: { type: 'integer' } },
    },
    responses: {
      problem: problem(t('api.statuses.other')),
      ...Object.fromEntries(STATUSES.map((status) => [`problem${status}`, problem(t(`api.statuses.${status}`))])),
      problem429: {
        ...problem(t('api.statuses.429')),
        headers: { 'Retry-After': { $ref: '#/components/headers/retryAfter' }, ...headers.rateLimit },
      },
    },
    schemas: {
      Problem: {
        type: 'object',
        description: t('api.problem'),
        required: ['type', 'title', 'status', 'detail', 'code', 'instance', 'trace'],
        properties: {
          type: { type: 'string', format: 'uri', description: t('api.problemParts.type') },
          title: { type: 'string', description: t('api.problemParts.title') },
          status: { type: 'integer', description: t('api.problemParts.status') },
          detail: { type: 'string', description: t('api.problemParts.detail') },
          code: { type: 'string', description: t('api.problemParts.code') },
          instance: { type: 'string', description: t('api.problemParts.instance') },
          trace: { type: 'string', description: t('api.problemParts.trace') },
          errors: { type: 'object', additionalProperties: { type: 'string' }, description: t('api.problemParts.errors') },
        },
        additionalProperties: false,
      },
    } as Record<string, Schema>,
  }
}
