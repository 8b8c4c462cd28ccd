import { parse } from 'csv-parse/sync'
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { fileOf } from './files.ts'
import { type Figures } from './figures.ts'
import { type Tables } from './oracle_of_tables.ts'
import { type Visitor } from './visitor.ts'

/** What households told about themselves: columns of the file by the attribute that takes them. */
export const attributes: Record<string, { column: string; label: string }> = {
  ageBand: { column: 'age', label: 'Age' },
  income: { column: 'income', label: 'Income' },
  homeOwnership: { column: 'home_ownership', label: 'Home' },
  maritalStatus: { column: 'marital_status', label: 'Marital status' },
  householdSize: { column: 'household_size', label: 'Household size' },
  householdKind: { column: 'household_comp', label: 'Household' },
  kids: { column: 'kids_count', label: 'Kids' },
}

/** Adds fields to customers as an administrator does, while everything runs. */
export async function addAttributes(staff: Visitor, figures: Figures) {
  figures.stage('Fields of our own on the customer')
  for (const [name, { label }] of Object.entries(attributes)) {
    const dialog = await staff.open('/attributes/create')
    await staff.send(dialog, '/attributes', { object: 'user', name, label, type: 'text' })
  }
  const { forms } = await staff.open('/users/create')
  figures.holds('the product goes on meanwhile', forms.length > 0)
}

/** How many customers have each value, beside what the file says. */
export async function compareAttributes(folder: string, tables: Tables, figures: Figures) {
  const told = parse(gunzipSync(readFileSync(fileOf(folder, 'demographics'))), { columns: true }) as Record<string, string>[]
  for (const [name, { column, label }] of Object.entries(attributes)) {
    const found = await tables.texts(
      `select attributes ->> $1 || ': ' || count(*) as value from users where attributes ->> $1 <> '' group by attributes ->> $1`,
      [name]
    )
    figures.same(`values of "${label}" with their counts`, found, countsOf(told.map((one) => one[column])))
  }
}

function countsOf(values: string[]) {
  const counts = new Map<string, number>()
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => `${value}: ${count}`)
}
