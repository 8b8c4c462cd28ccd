import pg from 'pg'
import env from '#start/env'

/** Oids of the types whose JavaScript form differs from what the driver gives by default. */
const INT8 = 20
/** Not among the driver's named types, but a parser may be set for any. */
const INT8_ARRAY: typeof INT8 = 1016 as never
const DATE = 1082

/** Our ids and counters are far below 2^53; one that is not must be heard, never rounded. */
pg.types.setTypeParser(INT8, readBigint)
const readTexts = pg.types.getTypeParser(INT8_ARRAY)
pg.types.setTypeParser(INT8_ARRAY, (text) => readTexts(text).map(readBigint))

/** A calendar day has no time zone, so it stays 'YYYY-MM-DD'. */
pg.types.setTypeParser(DATE, (text) => text)

/** The one description of the database: Lucid, pg-boss and COPY streams all connect with it. */
export const connection = {
  ...addressOfDatabase(),
  application_name: 'tessera',
}

function readBigint(text: string) {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`)
  return value
}

function addressOfDatabase() {
  const url = env.get('DATABASE_URL')
  if (url) {
    return { connectionString: url }
  }
  return {
    host: env.get('DB_HOST', '127.0.0.1'),
    port: env.get('DB_PORT', 5432),
    user: env.get('DB_USER', 'postgres'),
    password: env.get('DB_PASSWORD', ''),
    database: env.get('DB_DATABASE', 'tessera'),
  }
}
