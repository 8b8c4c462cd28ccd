import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { execute, quotedName, raw, row, sql, type Transaction } from '#core/database'
import { read } from '#core/files'
import { compileRow, type StagedRow } from '../mapping/compile_row.js'
import { readCsv } from '../csv/read_csv.js'
import { readerFor } from '../settings.js'
import { type Plan } from './plan.js'
import { spread } from './spread.js'

interface Staged {
  lines: number
  rejected: number
  repeating: boolean
}

interface Watch {
  signal?: AbortSignal
  onLines?: (lines: number) => Promise<void>
  /** Rows after these are not read: a trial looks at the beginning of a large file. */
  limit?: number
}

/** Reads a file into a staging table of its own, parsed and typed, by one COPY. The same file always gives the same table. */
export async function stageFile(plan: Plan, fileId: number, trx: Transaction, watch: Watch = {}): Promise<Staged> {
  await createStage(plan, trx)
  await copyRows(plan, fileId, trx, watch)
  return finishStage(plan, trx)
}

async function createStage({ stage, repeats, columns }: Plan, trx: Transaction) {
  await execute(sql`drop table if exists ${stage}, ${repeats}`, trx)
  const own = columns.map(({ field, read: { type } }) => sql`, ${quotedName(field.name)} ${raw(type.sqlType)}`)
  await execute(
    sql`create unlogged table ${stage} (line bigint not null, key text, refused jsonb ${spread(own)})
      with (autovacuum_enabled = off)`,
    trx
  )
}

const COPIED_AT_ONCE = 4 * 1024 * 1024

/** A COPY for each few megabytes: between them the connection is free for reading the file, where it is the only one. */
async function copyRows(plan: Plan, fileId: number, trx: Transaction, watch: Watch) {
  const names = spread(plan.columns.map(({ field }) => sql`, ${quotedName(field.name)}`))
  const statement = sql`copy ${plan.stage} (line, key, refused ${names}) from stdin`.sql
  const connection = await connectionOf(trx)

  let text = ''
  for await (const more of copyText(plan, fileId, watch)) {
    text += more
    if (text.length < COPIED_AT_ONCE) continue
    await copy(connection, statement, text)
    text = ''
  }
  await copy(connection, statement, text)
}

async function copy(connection: Connection, statement: string, text: string) {
  await pipeline(Readable.from([text]), connection.query(copyFrom(statement)))
}

/** The rows of the file in the text format of COPY. */
async function* copyText({ settings, object }: Plan, fileId: number, { signal, onLines, limit }: Watch) {
  const compiled = compileRow(object, settings, readerFor(settings))
  const noCells = '\t\\N'.repeat(Object.keys(settings.fields).length)
  let lines = -1
  for await (const records of readCsv(read(fileId), settings)) {
    signal?.throwIfAborted()
    let text = ''
    for (const record of records) {
      if (++lines === 0) continue
      if (limit && lines > limit) break
      text += copied(record.line, compiled(record), noCells)
    }
    if (text) yield text
    await onLines?.(Math.max(lines, 0))
    if (limit && lines > limit) return
  }
}

interface Connection {
  query<Stream>(stream: Stream): Stream
}

/** The connection under a Lucid transaction, which COPY speaks to directly. */
async function connectionOf(trx: Transaction): Promise<Connection> {
  return (trx.knexClient as any).client.acquireConnection()
}

function copied(line: number, staged: StagedRow, noCells: string) {
  if ('reasons' in staged) return `${line}\t\\N\t${escaped(JSON.stringify(staged.reasons))}${noCells}\n`
  let text = `${line}\t${escaped(staged.key)}\t\\N`
  for (const cell of staged.cells) text += cell === null ? '\t\\N' : '\t' + escaped(cell)
  return text + '\n'
}

const SPECIAL = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escaped(text: string) {
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (sign) => escapes[sign]) : text
}

async function finishStage({ stage, repeats, importId }: Plan, trx: Transaction): Promise<Staged> {
  await execute(sql`create index on ${stage} (line) where refused is null`, trx)
  await execute(
    sql`create unlogged table ${repeats} as
      select key, min(line) as first from ${stage} where refused is null group by key having count(*) > 1`,
    trx
  )
  await execute(sql`analyze ${stage}, ${repeats}`, trx)
  await execute(
    sql`insert into import_rejects (import_id, line, reasons)
      select ${importId}, line, refused from ${stage} where refused is not null
      on conflict (import_id, line) do nothing`,
    trx
  )
  const counted = await row<Staged>(
    sql`select count(*) as lines, count(refused) as rejected, exists (select from ${repeats}) as repeating from ${stage}`,
    trx
  )
  return counted!
}
