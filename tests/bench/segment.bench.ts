import { copyOut, execute, row, sql } from '#core/database'
import { everything, type FilterNode } from '#core/filters'
import { objects } from '#core/objects'
import { members, recount, segmentOf, versionRows } from '#app/segments'
import { writeCsv } from '../../app/core/exports/write_csv.js'
import { drain } from './drain.js'
import { aSegment } from './mailing.js'
import { race, timed, type Target } from './race.js'
import { reader } from './reader.js'
import { report } from './report.js'

const { timezone } = reader

/** Every segment asks for the language too, since that is what changes from one recount to the next. */
const speaksRussian: FilterNode = { field: 'locale', operator: 'equal', value: ['ru'] }

/** From the cheapest question, where our own work weighs most, to one that is work in itself (DATA, 2). */
const segments: { name: string; of: FilterNode[]; target: Target }[] = [
  { name: 'nearly all', of: [{ field: 'isTest', operator: 'equal', value: ['false'] }], target: { atMost: 12 } },
  { name: 'a quarter', of: [{ field: 'birthDate', operator: 'between', value: ['1970-01-01', '1987-01-01'] }], target: { atMost: 3.5 } },
  {
    name: 'bought this year',
    of: [{ relation: 'receipts', operator: 'exists', where: { logic: 'and', of: [{ field: 'issuedAt', operator: 'lastDays', value: ['365'] }] } }],
    target: { atMost: 1.8 },
  },
]

export default async function segment() {
  for (const { name, of, target } of segments) {
    const id = await aSegment(name, [...of, speaksRussian])
    const bare = async () => count(id)
    report({ name: `recount, first: ${name}`, bare: await timed(bare), ours: await timed(() => recount(id, timezone)) })
    await race({
      name: `recount, 1 % in, 1 % out: ${name}`,
      target,
      bare,
      prepare: changeOnePercent,
      ours: () => recount(id, timezone),
    })
    if (name === 'nearly all') await download(id)
  }
}

async function count(id: number) {
  await row(sql`select count(*) from (${members(await segmentOf(id), timezone)}) m`)
}

let hundredth = 0

/** Those who changed last time come back, the next leave. */
async function changeOnePercent() {
  const next = (hundredth + 1) % 100
  await execute(
    sql`update users set locale = case when id % 100 = ${next}::integer then 'en' else 'ru' end
      where id % 100 in (${hundredth}::integer, ${next}::integer)`
  )
  hundredth = next
}

/** Beside as many ids straight from the table. */
async function download(id: number) {
  const described = await segmentOf(id)
  const rows = described.count!
  await race({
    name: 'CSV of the version before the last',
    target: { atMost: 1.3 },
    bare: async () => drain(await copyOut(sql`select id from users order by id limit ${rows}::bigint`)),
    ours: () => taken(id, described.version - 1),
  })
}

async function taken(id: number, version: number) {
  const among = { source: versionRows.name, of: [id, version] }
  const view = { filter: everything, search: '', sort: 'id', columns: ['id'], format: 'csv' as const, delimiter: ';' as const, among }
  const { chunks } = writeCsv({ object: objects.get('user'), view, reader, onRows: async () => {} })
  for await (const _chunk of chunks);
}
