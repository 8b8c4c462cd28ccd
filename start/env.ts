import { Env } from '@adonisjs/core/env'

/**
 * Everything the environment may say. `npm start` fills in what is missing, so a person sets only
 * what should differ.
 */
export default await Env.create(new URL('../', import.meta.url), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  TZ: Env.schema.string.optional(),
  LOG_LEVEL: Env.schema.enum.optional([
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  ] as const),

  APP_KEY: Env.schema.secret(),
  APP_URL: Env.schema.string({ format: 'url', tld: false }),
  HOST: Env.schema.string({ format: 'host' }),
  PORT: Env.schema.number(),

  DATABASE_URL: Env.schema.string.optional(),
  DB_HOST: Env.schema.string.optional(),
  DB_PORT: Env.schema.number.optional(),
  DB_USER: Env.schema.string.optional(),
  DB_PASSWORD: Env.schema.string.optional(),
  DB_DATABASE: Env.schema.string.optional(),

  SESSION_DRIVER: Env.schema.enum.optional(['database', 'memory'] as const),

  /** Where the built-in capture inbox listens for mail. */
  CAPTURE_SMTP_PORT: Env.schema.number.optional(),

  /** The server that takes mail of the product to its staff: smtp://user:password@host:587 or smtps://; the built-in inbox when not given. */
  SYSTEM_SMTP_URL: Env.schema.secret.optional(),
  /** Its sender: `Tessera <no-reply@shop.example>`. */
  SYSTEM_MAIL_FROM: Env.schema.string.optional(),

  /** Codes of roles, with commas between, whose people must sign in in two steps. */
  TWO_STEPS_FOR: Env.schema.string.optional(),

  /** Seconds between Send and the first mail, in which a send can be taken back; 30 when not given. */
  SEND_UNDO_SECONDS: Env.schema.number.optional(),

  /** How soon a dead worker is noticed; pg-boss accepts 10 s and more. */
  JOBS_HEARTBEAT_SECONDS: Env.schema.number.optional(),
  JOBS_MONITOR_SECONDS: Env.schema.number.optional(),

  /** Where the product may call, see config/outbound.ts: hosts, private networks, whether without TLS. */
  OUTBOUND_HOSTS: Env.schema.string.optional(),
  OUTBOUND_ADDRESSES: Env.schema.string.optional(),
  OUTBOUND_HTTP: Env.schema.enum.optional(['on', 'off'] as const),

  /** What the public interface takes in a minute and in an hour, see config/api.ts. */
  API_CALLS_AT_THE_DOOR: Env.schema.number.optional(),
  API_CALLS_PER_SOURCE: Env.schema.number.optional(),
  API_CALLS_PER_ADDRESS: Env.schema.number.optional(),
  API_CALLS_PER_CUSTOMER: Env.schema.number.optional(),
  API_CALLS_PER_KEY: Env.schema.number.optional(),
  API_REGISTRATIONS_PER_ADDRESS: Env.schema.number.optional(),
  API_CODES_PER_ADDRESS: Env.schema.number.optional(),
  API_CODES_PER_CONTACT: Env.schema.number.optional(),
  API_TAKEN_CONTACTS_PER_ADDRESS: Env.schema.number.optional(),
  API_CONTACTS_PER_CUSTOMER: Env.schema.number.optional(),
  API_GUESSES_PER_ADDRESS: Env.schema.number.optional(),

  /** 'on' serves the example of a front end at /demo; the embedded database starts with it, as with the demo company. */
  DEMO_SHOP: Env.schema.enum.optional(['on', 'off'] as const),

  /** 'off' leaves the first start without the demo company. */
  DEMO: Env.schema.enum.optional(['on', 'off'] as const),
})
