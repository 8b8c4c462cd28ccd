import hash from '@adonisjs/core/services/hash'
import limiter from '@adonisjs/limiter/services/main'
import limits from '#config/api'
import { hashOfSecret } from '#core/secrets'
import { execute, rows, sql } from '#core/database'
import { openServer } from './bare_routes.js'
import { call } from './call.js'
import { race } from './race.js'

const KEY = 'the key of a bench'
const CALLS = 200
const AT_ONCE = 8
const PASSWORD = 'correct horse battery'
const CONSENTS = [{ kind: 'personal_data', document: 'bench', value: true }]

/**
 * Methods of the public interface, event and all, beside bare routes on the same server (`bare_routes.ts`), asked by the same client in the
 * same process. Passwords are not hashed on either side: argon2 takes many times as long as all the rest, and would hide it.
 */
export default async function api() {
  await execute(sql`update sources set front_end = true, key_hash = ${hashOfSecret(KEY)}, key_beginning = 'bnch' where code = 'site'`)
  await execute(sql`insert into consent_documents (kind, version, text_en) values ('personal_data', 'bench', 'Data') on conflict do nothing`)
  Object.assign(limits, { perSource: 1e9, perAddress: 1e9, perCustomer: 1e9 })
  hash.fake()
  const served = await rows<{ id: number }>(sql`select u.id from users u join user_statuses s on s.id = u.status_id where s.code = 'active' limit 10000`)
  const site = await openServer()
  const anyone = () => served[Math.floor(Math.random() * served.length)].id
  const server = { 'x-source-key': KEY }
  const bare = (path: string) => () => many(() => call(`${site}/bench/${path}/${anyone()}`))
  const ours = (method: string, headers: () => object, body: () => object) => () => many(() => call(`${site}/api/v1/site/${method}`, headers(), body()))

  let registered = 0
  const address = (n: number) => [{ type: 'email', value: `bench-${n}@example.com` }]
  const newcomer = () => ({ identifiers: address(registered++), consents: CONSENTS, password: PASSWORD })
  const returning = () => ({ identifiers: address(Math.floor(Math.random() * registered)), password: PASSWORD })
  const token = async () => (JSON.parse(await call(`${site}/api/v1/site/user/register`, server, newcomer())) as { token: string }).token
  const signedIn = { authorization: `Bearer ${await token()}` }

  const common = { target: { atLeast: 0.6 }, runs: 7, rows: CALLS, prepare: () => limiter.clear(['memory']) }
  await race({ name: 'API: user/info, a server names whom', ...common, bare: bare('info'), ours: ours('user/info', () => ({ ...server, 'x-user': String(anyone()) }), () => ({})) })
  await race({ name: 'API: user/info, by a session', ...common, bare: bare('info'), ours: ours('user/info', () => signedIn, () => ({})) })
  await race({ name: 'API: user/register, no hash', ...common, bare: bare('register'), ours: ours('user/register', () => server, newcomer) })
  await race({ name: 'API: user/login, no hash', ...common, bare: bare('login'), ours: ours('user/login', () => server, returning) })
  await race({ name: 'API: source/info, by a front end', ...common, bare: bare('info'), ours: ours('source/info', () => ({}), () => ({})) })
}

async function many(one: () => Promise<unknown>) {
  let left = CALLS
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) await one()
    })
  )
}
