import pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from './refusal.ts'

const PATIENCE_MS = 30_000

/** PostgreSQL says so when it starts or stops; another moment may do. */
const NOT_YET = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03']

/** A database server of one's own often starts at the same time as we do. */
export async function untilOwnDatabaseAnswers(url: string | undefined) {
  const deadline = Date.now() + PATIENCE_MS
  let told = false
  for (;;) {
    const failure = await tryOut(url)
    if (!failure) return
    if (!NOT_YET.includes(failure.code ?? '') || Date.now() > deadline) throw refusal(failure)
    if (!told) console.log('Waiting for the database that DATABASE_URL names ...')
    told = true
    await pause(500)
  }
}

async function tryOut(url: string | undefined): Promise<(Error & { code?: string }) | undefined> {
  try {
    const client = new pg.Client({ ...address(url), connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    await client.connect()
    await client.end()
    return undefined
  } catch (error) {
    return error as Error
  }
}

function address(url: string | undefined): pg.ClientConfig {
  if (url) return { connectionString: url }
  return {
    host: process.env.DB_HOST,
    port: Number(process.env.DB_PORT ?? 5432),
    user: process.env.DB_USER ?? 'postgres',
    password: process.env.DB_PASSWORD ?? '',
    database: process.env.DB_DATABASE ?? 'tessera',
  }
}

function refusal({ message, code }: Error & { code?: string }) {
  return new Refusal(
    `The database that DATABASE_URL names cannot be used: ${message || code}. ` +
      'Correct it, or leave it out and Tessera brings its own.'
  )
}
