import { parse } from 'csv-parse/sync'
import { setTimeout as pause } from 'node:timers/promises'
import { type Files } from './files.ts'
import { type Figures } from './figures.ts'
import { type Tables } from './oracle_of_tables.ts'
import { type Visitor } from './visitor.ts'
import { householdsFor } from './oracle_of_files.ts'
import { filterOf, questionOf } from './question.ts'

const PATIENCE_MS = 60_000

/** Makes the segment in the back office, recounts it, and compares its members and its file with both oracles. */
export async function segment(staff: Visitor, files: Files, tables: Tables, figures: Figures) {
  const question = questionOf(files)
  const { department, times, from, to } = question
  figures.stage(`Segment: ${department}, at least ${times} times, ${from} to ${to}`)

  const id = await create(staff, `Bought ${department} at least ${times} times`)
  await define(staff, id, JSON.stringify(filterOf(question)))
  const version = await recount(staff, tables, id)

  const users = await tables.usersFor(question)
  const members = await tables.texts('select member_id::text as value from segment_current where segment_id = $1', [id])
  figures.check('size of the version', version.count, users.length)
  figures.same('members, by plain SQL', members, users)
  const households = await tables.householdsOf(members)
  figures.same('members, by the files', households, householdsFor(files, question))
  await compareFile(staff, id, version.version, users, figures)
  figures.note('milliseconds of the recount', version.milliseconds)
  figures.done()
  return { id, households }
}

async function create(staff: Visitor, name: string): Promise<number> {
  const dialog = await staff.open('/segments/create')
  const card = await staff.send(dialog, '/segments', { name, object: 'user' })
  const id = Number(/^\/segments\/(\d+)/.exec(card.path)?.[1])
  if (!id) throw new Error(`Creating a segment led to ${card.path}`)
  return id
}

async function define(staff: Visitor, id: number, filter: string) {
  const panel = await staff.open(`/segments/${id}/panels/definition`)
  await staff.send(panel, `/segments/${id}/definition`, {
    filter,
    'columns[]': ['externalId', 'givenName', 'receiptsCount', 'receiptsTotal'],
  })
}

interface Version {
  version: number
  count: number
  milliseconds: number
}

export async function recount(staff: Visitor, tables: Tables, id: number): Promise<Version> {
  const card = await staff.open(`/segments/${id}`)
  const { version: before } = await tables.one<Version>('select version from segments where id = $1', [id])
  await staff.send(card, `/segments/${id}/recounts`)

  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    const [version] = await tables.all<Version>(
      'select version, count, milliseconds from segment_versions where segment_id = $1 and version > $2',
      [id, before]
    )
    if (version) return version
    await pause(100)
  }
  throw new Error(`The recount of segment ${id} brought no version in ${PATIENCE_MS / 1000} s`)
}

async function compareFile(staff: Visitor, id: number, version: number, users: string[], figures: Figures) {
  const address = `/segments/${id}/versions/${version}/exports`
  const dialog = await staff.open(`${address}/create`)
  await staff.send(dialog, address, { format: 'csv', delimiter: ',', reason: 'check of the journey' })
  const response = await fileOf(staff)
  const rows = parse(await response.text(), { bom: true, columns: true }) as Record<string, string>[]
  figures.check('media type of the file', response.headers.get('content-type') ?? '', 'text/csv; charset=utf-8')
  figures.same('ids in the downloaded file', rows.map((row) => row[Object.keys(row)[0]]), users)
  figures.check('columns of the file', Object.keys(rows[0] ?? {}).length, 5)
}

/** The newest export, once it is written. */
async function fileOf(staff: Visitor) {
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    const { html } = await staff.open('/exports')
    const [, first] = /<tbody>([^]*?)<\/tr>/.exec(html) ?? []
    const [file] = /\/exports\/\d+\/file/.exec(first ?? '') ?? []
    if (file) return staff.request(file)
    await pause(100)
  }
  throw new Error(`No export was written in ${PATIENCE_MS / 1000} s`)
}
