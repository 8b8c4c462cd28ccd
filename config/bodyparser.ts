import { defineConfig } from '@adonisjs/core/bodyparser'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    limit: '2mb',
    types: ['application/x-www-form-urlencoded'],
    /** The matrix of rights has a tick for each right of each object. */
    queryString: { parameterLimit: 10_000 },
  },
  json: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    limit: '2mb',
    types: [
      'application/json',
      'application/json-patch+json',
      'application/vnd.api+json',
      'application/csp-report',
    ],
  },
  /**
   * A multipart body reaches disk only where a route reads it itself, `request.multipart`; that
   * route says how much it takes. Elsewhere fields are parsed and a file is small or refused.
   */
  multipart: {
    autoProcess: true,
    processManually: ['/imports', '/tables/files'],
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    limit: '10mb',
    fieldsLimit: '2mb',
    maxFields: 1000,
    types: ['multipart/form-data'],
  },
})
