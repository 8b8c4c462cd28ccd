import { identifier, rows, sql, type Sql, type Transaction } from '#core/database'
import { NotFound } from '#core/http'
import { existing, expression, find, InvalidFields, knownNowAs, leadingTo, objects, plain, table, type ObjectDefinition } from '#core/objects'
import { standing, type Work } from './work.js'

/** The row that an id leads to, also one of before a merge. Throws `NotFound`. */
export async function findById(object: ObjectDefinition, id: number, trx: Transaction): Promise<number> {
  const now = (await knownNowAs(object, id, trx)) ?? id
  if (!(await find(object, now, plain, ['id'], trx))) throw new NotFound()
  return now
}

/** Rows that lead to the same one are written in no order that a caller could know, so only the first of them is. */
export async function findByKey(object: ObjectDefinition, works: Work[], key: string | undefined, trx: Transaction) {
  if (key === undefined) return
  const cellOf = ({ own, extra }: Work) => String(own[key] ?? extra[key] ?? '')
  const keyed = standing(works).filter((work) => {
    if (cellOf(work) === '') work.refused = InvalidFields.at(key, 'required')
    return work.refused === undefined
  })
  const cells = sql`jsonb_to_recordset(${JSON.stringify(keyed.map((work) => ({ line: work.line, cell: cellOf(work) })))}::jsonb) as s(line bigint, cell text)`
  const found = new Map((await rows<Found>(matching(object, key, cells), trx)).map((one) => [one.line, one]))
  const first = new Set<number | string>()
  for (const work of keyed) {
    const { id = null, times = 0 } = found.get(work.line) ?? {}
    const row = id ?? cellOf(work)
    if (times > 1) work.refused = InvalidFields.at(key, 'ambiguousMatch')
    else if (first.has(row)) work.refused = InvalidFields.at(key, 'repeatedKey')
    first.add(row)
    work.id = id
    /** It may be that of a row which was merged since, and stays so. */
    if (id !== null) delete work.own[key]
  }
}

interface Found {
  line: number
  id: number | null
  times: number
}

function matching(object: ObjectDefinition, key: string, cells: Sql): Sql {
  const lookUp = object.importable?.find?.[key]
  if (lookUp) {
    return sql`select s.line, t.id, 1 as times from ${cells} join ${identifier(object.table)} ${table} on t.id = ${lookUp(sql`s.cell`)} and ${existing(object)}`
  }
  const { id, there, times } = leadingTo(object, table)
  const column = expression(objects.field(object, key), table)
  return sql`select s.line, min(${id}) as id, ${times} as times from ${cells} join ${identifier(object.table)} ${table} on ${column}::text = s.cell and ${there} group by s.line`
}
