import pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { type Passwords } from './initialise.ts'

/** The role and the database of the application carry the same name. */
export const APPLICATION = 'tessera'

/** Recovery after a crash may take this long on much data. */
const PATIENCE_MS = 10 * 60_000
const NOT_YET = ['ECONNREFUSED', 'ECONNRESET', '57P03']

/** Ready is when a client gets an answer, as long as there is somebody to answer. */
export async function answers(port: number, passwords: Passwords, hopeful: () => boolean) {
  const deadline = Date.now() + PATIENCE_MS
  while (hopeful() && Date.now() < deadline) {
    try {
      await asSuperuser(port, passwords, (client) => client.query('select 1'))
      return true
    } catch (error) {
      if (!NOT_YET.includes((error as { code?: string }).code ?? 'ECONNRESET')) throw error
      await pause(50)
    }
  }
  return false
}

/** The application owns its database and may make others beside it, but is no superuser. */
export async function prepareDatabase(port: number, passwords: Passwords) {
  await asSuperuser(port, passwords, async (client) => {
    if (await lacks(client, `select from pg_roles where rolname = '${APPLICATION}'`)) {
      const password = client.escapeLiteral(passwords.application)
      await client.query(
        `create role ${APPLICATION} login createdb createrole password ${password}`
      )
      await client.query(`grant pg_monitor, pg_signal_backend to ${APPLICATION}`)
    }
    if (await lacks(client, `select from pg_database where datname = '${APPLICATION}'`)) {
      await client.query(`create database ${APPLICATION} owner ${APPLICATION}`)
    }
  })
}

async function lacks(client: pg.Client, question: string) {
  const { rowCount } = await client.query(question)
  return rowCount === 0
}

async function asSuperuser<Result>(
  port: number,
  { superuser }: Passwords,
  work: (client: pg.Client) => Promise<Result>
) {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: superuser,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
