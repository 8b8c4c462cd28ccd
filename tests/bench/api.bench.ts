import { createServer } from 'node:http'
import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import hash from '@adonisjs/core/services/hash'
import limiter from '@adonisjs/limiter/services/main'
import limits from '#config/api'
import { execute, row, rows, sql } from '#core/database'
import { hashOfSecret } from '#core/secrets'
import { race } from './race.js'

const KEY = 'the key of a bench'
const CALLS = 200
const PASSWORD = 'correct horse battery'
const CONSENTS = [{ kind: 'personal_data', document: 'bench', value: true }]
const AT_ONCE = 8

/**
 * Methods of the public interface, event and all, beside a bare route with one indexed query and one insert on the same server. Where a
 * password is hashed, the bare route hashes one as well: argon2 would drown everything else.
 */
export default async function api() {
  await execute(sql`update sources set front_end = true, key_hash = ${hashOfSecret(KEY)}, key_beginning = 'bnch' where code = 'site'`)
  Object.assign(limits, { perSource: 1e9, perAddress: 1e9, perCustomer: 1e9 })
  const served = await rows<{ id: number }>(sql`select u.id from users u join user_statuses s on s.id = u.status_id where s.code = 'active' limit 10000`)
  const site = await open()
  const anyone = () => served[Math.floor(Math.random() * served.length)].id
  const bare = () => many(() => call(`${site}/bench/bare/${anyone()}`, {}))
  const prepare = () => limiter.clear(['memory'])
  const server = { 'x-source-key': KEY }

  const rate = { runs: 5, rows: CALLS, bare, prepare }
  await race({ name: 'API: user/info, its event kept', target: { atLeast: 0.6 }, ...rate, ours: () => many(() => call(`${site}/api/v1/site/user/info`, { ...server, 'x-user': String(anyone()) })) })
  const address = (n: number) => [{ type: 'email', value: `bench-${n}@example.com` }]
  const hashed = (path: string) => many(() => call(`${site}/bench/${path}/${anyone()}`, {}))
  let registered = 0
  const register = () => call(`${site}/api/v1/site/user/register`, server, { identifiers: address(registered++), consents: CONSENTS, password: PASSWORD })
  const login = () => call(`${site}/api/v1/site/user/login`, server, { identifiers: address(Math.floor(Math.random() * registered)), password: PASSWORD })
  await execute(sql`insert into consent_documents (kind, version, text_en) values ('personal_data', 'bench', 'Data') on conflict do nothing`)
  const slow = { ...rate, runs: 3, prepare }
  await race({ name: 'API: user/register, the hash on both sides', target: { atLeast: 0.5 }, ...slow, bare: () => hashed('made'), ours: () => many(register) })
  await race({ name: 'API: user/login, the hash on both sides', target: { atLeast: 0.5 }, ...slow, bare: () => hashed('verified'), ours: () => many(login) })
  await race({ name: 'API: source/info, by a front end', target: { atLeast: 0.6 }, ...rate, ours: () => many(() => call(`${site}/api/v1/site/source/info`, {})) })
}

async function open() {
  const kept = await hash.make(PASSWORD)
  const bare: Record<string, () => Promise<unknown>> = {
    bare: async () => undefined,
    made: () => hash.make(PASSWORD),
    verified: () => hash.verify(kept, PASSWORD),
  }
  for (const [path, first] of Object.entries(bare)) {
    router.post(`/bench/${path}/:id`, async ({ params, response }) => {
      await first()
      const user = await row(sql`select * from users where id = ${Number(params.id)}`)
      await execute(sql`insert into user_events (user_id, occurred_at, event_key, signal, payload) values (${Number(params.id)}, now(), uuidv7(), 'user.info', '{}')`)
      return response.json(user)
    })
  }
  const server = await app.container.make('server')
  await server.boot()
  const listening = createServer(server.handle.bind(server)).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  listening.unref()
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

async function many(one: () => Promise<void>) {
  let left = CALLS
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) await one()
    })
  )
}

async function call(address: string, headers: Record<string, string>, body: object = {}) {
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}: ${text.slice(0, 200)}`)
}
