import { type Leavings, type PersonalPart, type PersonalTable, type Traces } from './personal_table.js'

const tables = new Map<string, PersonalTable>()
const traces: Traces[] = []
const leavings: Leavings[] = []

export function addPersonal(part: PersonalPart) {
  for (const one of part.tables ?? []) {
    if (tables.has(one.table)) throw new Error(`Two sections say what "${one.table}" knows of customers`)
    tables.set(one.table, one)
  }
  traces.push(...(part.traces ?? []))
  leavings.push(...(part.leavings ?? []))
}

/** What all sections said, in their order. */
export const personal = {
  tables: () => [...tables.values()],
  table: (name: string) => tables.get(name),
  traces: () => [...traces],
  leavings: () => [...leavings],
}
