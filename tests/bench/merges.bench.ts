import { execute, sql } from '#core/database'
import { everything, type FilterNode } from '#core/filters'
import { objects, readMerged } from '#core/objects'
import { recount, segmentOf } from '#app/segments'
import { pageOfRows } from '../../app/core/screens/list/page_of_rows.js'
import { countedBy } from '../../app/core/screens/list/counted.js'
import { aSegment } from './mailing.js'
import { race } from './race.js'
import { reader } from './reader.js'

const accepted: FilterNode = { field: 'status', operator: 'equal', value: ['accepted'] }
const thisYear: FilterNode = { field: 'issuedAt', operator: 'lastDays', value: ['365'] }
const receipts = (operator: string, of: FilterNode[], more = {}): FilterNode => ({ relation: 'receipts', operator, where: { logic: 'and', of }, ...more })

/** Ways in which a filter asks for what points at a customer: each knows of merged ones in its own manner. */
const segments: Record<string, FilterNode[]> = {
  'bought this year': [receipts('exists', [thisYear])],
  'bought nothing this year': [receipts('notExists', [thisYear])],
  'three receipts this year': [receipts('count', [thisYear, accepted], { compare: 'atLeast', value: ['3'] })],
  'bought one good': [receipts('exists', [{ relation: 'lines', operator: 'exists', where: { logic: 'and', of: [{ field: 'code', operator: 'equal', value: ['g7'] }] } }])],
  'has a confirmed mail': [
    { relation: 'identifiers', operator: 'exists', where: { logic: 'and', of: [{ field: 'confirmed', operator: 'equal', value: ['true'] }] } },
  ],
}

/**
 * The same recount, and the same page of a list, where one customer of a hundred was merged into another, beside where nobody was. Facts keep
 * the id that they were written with; both recounts bring about as many changes.
 */
export default async function merges() {
  for (const [name, of] of Object.entries(segments)) {
    await part()
    const id = await aSegment(`merged: ${name}`, of)
    await recount(id, reader.timezone)
    const ways = { target: { atMost: 1.3 }, prepareBare: part, prepare: mergeOneOfHundred }
    const again = () => recount(id, reader.timezone)
    await race({ name: `recount, 1 % merged: ${name}`, ...ways, runs: 5, bare: again, ours: again })
    const filter = (await segmentOf(id)).filter
    const page = () => firstPage(filter)
    await race({ name: `page, 1 % merged: ${name}`, ...ways, runs: 5, times: 5, bare: page, ours: page })
  }
  await part()
}

async function firstPage(filter = everything) {
  const object = objects.get('user')
  const { where } = countedBy({ object, filter, search: '' }, reader)
  await pageOfRows({ object, where, sort: '-createdAt', size: 50, page: 1, shown: { columns: object.columns, reader } })
}

/** As `merge` leaves them, but for what it says in journals. */
async function mergeOneOfHundred() {
  await execute(sql`update users set deleted_at = now(), merged_into_id = id - 1, canonical_id = id - 1 where id % 100 = 2`)
  await settled()
}

async function part() {
  await execute(sql`update users set deleted_at = null, merged_into_id = null, canonical_id = null where canonical_id is not null`)
  await settled()
}

/** As autovacuum would leave them in its time: where it had not come to the memberships, recounts after a parting took five times as long. */
async function settled() {
  await execute(sql`vacuum analyze users, segment_current`)
  await readMerged(objects.get('user'))
}
