import limiter from '@adonisjs/limiter/services/main'
import { makeKey } from '../../app/core/access/api_keys/api_key.js'
import { openServer } from './bare_routes.js'
import { call } from './call.js'
import { race } from './race.js'

const ROWS = 1000

/**
 * A thousand rows of other systems in one call, beside a bare route that puts the same body into the same tables by one statement: the rows, and
 * for each a row of the audit log.
 */
export default async function batch() {
  const scopes = ['user:read', 'user:create', 'user:edit', 'user:personal']
  const { written: key } = await makeKey({ name: 'bench', scopes, networks: null, expiresAt: null }, { staffId: null })
  const site = await openServer()
  const send = (path: string, body: object) => call(`${site}${path}`, { authorization: `Bearer ${key}` }, body)
  const common = { rows: ROWS, runs: 5, prepare: () => limiter.clear(['memory']), target: { atLeast: 0.4 } }

  await race({
    name: 'API: batch, new customers',
    ...common,
    bare: () => send('/bench/batch/1', { rows: people(ROWS) }),
    ours: () => send('/api/v1/objects/user/batch', { rows: people(ROWS) }),
  })
  const known = people(ROWS)
  await send('/api/v1/objects/user/batch', { rows: known })
  const changed = () => known.map((person, index) => ({ ...person, givenName: `Name ${index} ${Math.random()}` }))
  await race({
    name: 'API: batch, known customers changed',
    ...common,
    bare: () => send('/bench/changes/1', { rows: changed() }),
    ours: () => send('/api/v1/objects/user/batch', { key: 'externalId', rows: changed() }),
  })
}

let made = 0

const people = (many: number) =>
  Array.from({ length: many }, () => {
    const n = made++
    return { externalId: `batch-${n}`, surname: `Surname ${n}`, givenName: `Name ${n % 50}`, birthDate: '1980-05-17', locale: 'en' }
  })
