import { type Files } from './files.ts'

/** The segment in words: who bought in this department at least so many times in the last days of the data. */
export interface Question {
  department: string
  times: number
  /** The first and the last day, both included, in UTC. */
  from: string
  to: string
}

const DAYS = 90
const DAY_MS = 86_400_000

export function questionOf({ lines }: Files): Question {
  const last = lines.reduce((latest, { transaction_timestamp: at }) => (at > latest ? at : latest), '')
  return {
    department: 'PRODUCE',
    times: 2,
    from: new Date(Date.parse(last) - DAYS * DAY_MS).toISOString().slice(0, 10),
    to: last.slice(0, 10),
  }
}

/** The same for Tessera. A good may stand in the department itself, or in one of its categories. */
export function filterOf({ department, times, from, to }: Question) {
  const inDepartment = {
    logic: 'or',
    of: [
      { field: 'good.category.code', operator: 'equal', value: [department] },
      { field: 'good.category.parent.code', operator: 'equal', value: [department] },
    ],
  }
  const lately = { field: 'receipt.issuedAt', operator: 'between', value: [from, to] }
  const lines = { logic: 'and', of: [inDepartment, lately] }
  return {
    logic: 'and',
    of: [{ relation: 'lines', operator: 'count', compare: 'atLeast', value: [String(times)], where: lines }],
  }
}
