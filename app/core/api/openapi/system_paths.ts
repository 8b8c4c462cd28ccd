import { type Reader } from '#core/objects'
import { header, problems } from './common_parts.js'
import { type Paths } from './operation.js'

/** What a key of another system can ask of itself. */
export function systemPaths(reader: Reader): Paths {
  const schema = {
    type: 'object',
    required: ['key', 'scopes'],
    properties: {
      key: { type: 'string', description: reader.t('api.ping.key') },
      scopes: { type: 'array', items: { type: 'string' }, description: reader.t('api.ping.scopes') },
    },
    additionalProperties: false,
  }
  return {
    '/api/v1/ping': {
      get: {
        operationId: 'ping',
        summary: reader.t('api.ping.summary'),
        description: reader.t('api.ping.description'),
        tags: ['system'],
        security: [{ apiKey: [] }],
        responses: {
          200: {
            description: reader.t('api.done'),
            ...header('rateLimit'),
            content: { 'application/json': { schema, example: { key: 'Shop web site', scopes: ['user:read'] } } },
          },
          ...problems(401, 403, 429, 500, 503),
        },
      },
    },
    '/api/v1/openapi.json': {
      get: {
        operationId: 'openapi',
        summary: reader.t('api.document.summary'),
        description: reader.t('api.document.description'),
        tags: ['system'],
        security: [{ apiKey: [] }],
        responses: {
          200: { description: reader.t('api.done'), ...header('rateLimit'), content: { 'application/json': { schema: { type: 'object' } } } },
          ...problems(401, 403, 429, 500, 503),
        },
      },
    },
  }
}
