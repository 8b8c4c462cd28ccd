import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import bodyParser from '#config/bodyparser'

const LIMIT = '64kb'

/** Anybody may send to an open address, so little is read there, and no file ever. */
export default class SmallBodyMiddleware extends BodyParserMiddleware {
  constructor() {
    const { form, json, raw, multipart } = bodyParser
    super({
      ...bodyParser,
      form: { ...form, limit: LIMIT },
      json: { ...json, limit: LIMIT },
      raw: { ...raw, limit: LIMIT },
      multipart: { ...multipart, limit: LIMIT, fieldsLimit: LIMIT, maxFields: 50, processManually: [] },
    })
  }
}
