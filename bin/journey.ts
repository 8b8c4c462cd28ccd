/**
 * `npm run journey`: walks the whole path of a member of staff on real data, from an empty database to the figures of a
 * mailing, and compares every figure with what plain SQL and the files themselves say.
 */
import pg from 'pg'
import { join } from 'node:path'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { inState, root } from './launcher/state.ts'
import { openCluster, removeCluster } from './postgres.ts'
import { walk } from '../tests/journey/walk.ts'

const folder = process.env.JOURNEY_DATA ?? join(root, '..', 'shared', 'data', 'complete-journey')

if (existsSync(folder)) {
  process.exitCode = (await onOwnDatabase((url) => walk(url, folder))) ? 0 : 1
} else {
  console.log(`skipped: there is no data in ${folder}. Set JOURNEY_DATA to the folder of "The Complete Journey".`)
}

/** One that is gone afterwards, on the server that was named or on one of its own. */
async function onOwnDatabase(journey: (url: string) => Promise<boolean>) {
  const server = process.env.DATABASE_URL
  return server ? besideTheOthers(server, journey) : onOwnCluster(journey)
}

async function onOwnCluster(journey: (url: string) => Promise<boolean>) {
  const home = inState(`journey-${process.pid}`)
  const ownerFile = join(home, 'owner')
  mkdirSync(home, { recursive: true })
  writeFileSync(ownerFile, String(process.pid))
  try {
    const cluster = await openCluster({ home, ownerFile, throwaway: true })
    const walked = await journey(cluster.url).finally(() => cluster.stop())
    return walked
  } finally {
    await removeCluster(home)
  }
}

async function besideTheOthers(server: string, journey: (url: string) => Promise<boolean>) {
  const name = `tessera_journey_${process.pid}`
  const address = new URL(server)
  address.pathname = name
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
    return await journey(address.href)
  } finally {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.end()
  }
}
