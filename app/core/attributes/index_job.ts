import pg from 'pg'
import { connection } from '#config/pg'
import { execute, row, sql, transaction } from '#core/database'
import { defineJob, type Run } from '#core/jobs'
import { changeObjects, objects } from '#core/objects'
import { attributeOf } from './attribute.js'
import { indexesFor, type Index } from './index_of.js'

const LOOK_EVERY_MS = 500

/**
 * Builds the indexes of an attribute while everybody goes on writing. A try that was cut short leaves an index that PostgreSQL keeps
 * but never uses: the next one begins by dropping it.
 */
export const indexJob = defineJob<{ attributeId: number }>({
  name: 'attributes.index',
  async run(run, { attributeId }) {
    const attribute = await attributeOf(attributeId)
    if (!attribute || !objects.has(attribute.object)) return
    for (const index of indexesFor(attribute)) await build(run, index)
    await transaction(async (trx) => {
      await execute(sql`update attributes set indexed_at = now() where id = ${attributeId}`, trx)
      await changeObjects(trx)
    })
  },
})

async function build(run: Run, index: Index) {
  const state = await stateOf(index)
  await onOwnConnection(run, async (client) => {
    if (state === 'broken') await client.query(`drop index concurrently "${index.schema}"."${index.name}"`)
    if (state !== 'ready') await client.query(`create index concurrently ${index.definition.sql}`)
    await client.query(`analyze "${index.schema}"."${index.table}"`)
  })
}

async function stateOf({ schema, name }: Index): Promise<'missing' | 'broken' | 'ready'> {
  const found = await row<{ valid: boolean }>(
    sql`select i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relname = ${name} and c.relnamespace = ${schema}::regnamespace`
  )
  if (!found) return 'missing'
  return found.valid ? 'ready' : 'broken'
}

/** An index is built outside of any transaction, for minutes; whoever cancels the run, or stops the worker, ends it. */
async function onOwnConnection(run: Run, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client(connection)
  await client.connect()
  const backend = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const { pid } = backend.rows[0]
  const stop = () => void execute(sql`select pg_cancel_backend(${pid})`).catch(() => {})
  run.signal.addEventListener('abort', stop, { once: true })
  const looking = setInterval(() => void tellProgress(run, pid).catch(() => {}), LOOK_EVERY_MS)
  try {
    run.signal.throwIfAborted()
    await work(client)
  } catch (error) {
    run.signal.throwIfAborted()
    throw error
  } finally {
    clearInterval(looking)
    run.signal.removeEventListener('abort', stop)
    await client.end()
  }
}

/** PostgreSQL reads the table twice, and counts blocks or rows, whichever the phase is about. */
async function tellProgress(run: Run, pid: number) {
  const seen = await row<{ done: number; total: number }>(
    sql`select case when blocks_total > 0 then blocks_done else tuples_done end as done,
        case when blocks_total > 0 then blocks_total else tuples_total end as total
      from pg_stat_progress_create_index where pid = ${pid}`
  )
  if (seen?.total) await run.progress(Math.min(seen.done, seen.total), seen.total)
}
