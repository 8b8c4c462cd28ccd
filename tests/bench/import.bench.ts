import pg from 'pg'
import { from } from 'pg-copy-streams'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { row, sql, type Sql } from '#core/database'
import { store } from '#core/files'
import { applyJob, findImport, planImport } from '#core/imports'
import { runNow } from '#core/jobs'
import { objects } from '#core/objects'
import { connection } from '#config/pg'
import { race } from './race.js'
import { reader } from './reader.js'

interface File {
  object: string
  columns: Record<string, string>
  match: string
  /** Lines of new rows: `run` makes their keys differ from those of the last run. */
  line: (number: number, run: number) => string
  /** What one statement would do with the same rows in a stage. */
  insert: Sql
}

const people = { externalId: 'text', surname: 'text', givenName: 'text', middleName: 'text', birthDate: 'date' }
const personLine = (number: number, run: number) => `new-${run}-${number},Новиков,Пётр,Ильич,19${10 + (number % 90)}-05-17`

const newUsers = sql`
  insert into users (external_id, surname, given_name, middle_name, birth_date)
  select "externalId", surname, "givenName", "middleName", "birthDate" from bench_stage`

const newUsersWithAddresses = sql`
  with fresh as (${newUsers} returning id, external_id), known as (
    insert into user_identifiers (user_id, type, value)
    select f.id, own.type, own.value
    from fresh f join bench_stage s on s."externalId" = f.external_id
    cross join lateral (values ('email', s.email), ('phone', s.phone)) own (type, value)
    returning type, value, user_id
  )
  insert into identifier_owners (type, value, user_id) select type, value, user_id from known`

const newReceipts = sql`
  insert into receipts (user_id, number, issued_at, total)
  select u.id, s.number, s."issuedAt", s.total * 100 from bench_stage s join users u on u.external_id = s."user"`

const files: Record<string, File> = {
  'users': { object: 'user', columns: people, match: 'externalId', line: personLine, insert: newUsers },
  'users with addresses': {
    object: 'user',
    columns: { ...people, email: 'text', phone: 'text' },
    match: 'externalId',
    line: (number, run) => `${personLine(number, run + 1000)},new${run}.${number}@example.com,+79${run}${String(number).padStart(8 - String(run).length + 1, '0')}`,
    insert: newUsersWithAddresses,
  },
  'receipts': {
    object: 'receipt',
    columns: { user: 'text', number: 'text', issuedAt: 'timestamptz', total: 'numeric' },
    match: 'user+number',
    line: (number, run) => `ext-${(number * 7919) % users + 1},new-${run}-${number},2026-0${1 + (number % 9)}-11 12:30,${number % 1000}.50`,
    insert: newReceipts,
  },
}

let users = 0
let runs = 0

export default async function imports() {
  const counted = await row<{ users: number }>(sql`select count(*) as users from users where external_id like 'ext-%'`)
  users = counted!.users
  const rows = Math.min(100_000, Math.ceil(users / 10))
  for (const [name, file] of Object.entries(files)) {
    let importId = 0
    await race({
      name: `import of ${name}, ${rows.toLocaleString('en')} rows`,
      rows,
      target: { atLeast: 0.5 },
      bare: () => bareImport(file, rows),
      prepare: async () => (importId = await upload(file, rows)),
      ours: () => apply(importId, rows),
    })
  }
}

/** On a connection of its own, as psql would. */
async function bareImport({ columns, insert, ...file }: File, rows: number) {
  const client = new pg.Client(connection)
  await client.connect()
  const declared = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`)
  await client.query(`create temporary table bench_stage (${declared.join(', ')})`)
  const copied = client.query(from('copy bench_stage from stdin (format csv, header)'))
  await pipeline(csv({ columns, insert, ...file }, rows), copied)
  await client.query('analyze bench_stage')
  await client.query(insert)
  await client.end()
}

async function upload(file: File, rows: number) {
  const fileId = await store(csv(file, rows), { name: 'bench.csv' })
  return planImport(objects.get(file.object), fileId, reader, { staffId: null }, settingsOf(file))
}

function settingsOf({ columns, match, object }: File) {
  const fields = Object.fromEntries(
    Object.keys(columns).map((column) => [column, { column, ...(column === 'user' && object === 'receipt' ? { by: 'externalId' } : {}) }])
  )
  return { fields, match, mode: 'upsert' as const, empty: 'keep' as const }
}

/** The job itself, as a worker would do it. */
async function apply(importId: number, rows: number) {
  await runNow(applyJob, { importId }, { actor: { staffId: null }, title: 'bench' })
  const done = await findImport(importId)
  if (done?.created !== rows) throw new Error(`Of ${rows} rows ${done?.created} were created, ${done?.rejected} rejected`)
}

function csv(file: File, rows: number) {
  const run = ++runs
  const lines = Array.from({ length: rows }, (_, index) => file.line(index + 1, run))
  return Readable.from([`${Object.keys(file.columns).join(',')}\n`, Buffer.from(lines.join('\n') + '\n')])
}
