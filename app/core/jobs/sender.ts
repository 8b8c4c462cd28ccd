import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { fromKnex, PgBoss, type SendOptions } from 'pg-boss'
import config from '#config/jobs'
import { type Transaction } from '#core/database'

let opened: Promise<PgBoss> | undefined

/**
 * Puts a run into its queue, inside the transaction that wrote its row: both commit or neither does. It goes over Lucid's
 * pool, so that a process which only sends opens no second one.
 */
export async function send(job: string, runId: number, trx: Transaction, options: SendOptions = {}) {
  opened ??= open()
  const queue = await opened
  await queue.send(job, { run: runId }, { ...options, db: fromKnex(trx.knexClient) })
}

async function open() {
  const queue = new PgBoss({
    db: { executeSql: (text, values) => fromKnex(db.connection().getWriteClient()).executeSql(text, values) },
    schema: config.schema,
    supervise: false,
    schedule: false,
    migrate: false,
  })
  queue.on('error', (error) => logger.warn({ err: error }, 'the queue could not be read'))
  app.terminating(() => queue.stop({ graceful: false }))
  try {
    return await queue.start()
  } catch (error) {
    opened = undefined
    throw error
  }
}
