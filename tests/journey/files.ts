import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** A year of purchases at a grocery chain, in the public domain: "The Complete Journey" of 84.51 degrees. */
export interface Files {
  folder: string
  products: Product[]
  lines: Line[]
  households: Set<string>
  /** Households that told about themselves. */
  described: Set<string>
}

export interface Product {
  product_id: string
  department: string
  product_category: string
}

export interface Line {
  household_id: string
  store_id: string
  basket_id: string
  product_id: string
  sales_value: string
  transaction_timestamp: string
}

export function readFiles(folder: string): Files {
  const lines = records<Line>(folder, 'transactions_sample')
  const demographics = records<{ household_id: string }>(folder, 'demographics')
  return {
    folder,
    products: records<Product>(folder, 'products'),
    lines,
    households: new Set(lines.map(({ household_id: household }) => household)),
    described: new Set(demographics.map(({ household_id: household }) => household)),
  }
}

export const fileOf = (folder: string, name: string) => join(folder, `${name}.csv.gz`)

function records<Row>(folder: string, name: string): Row[] {
  return parse(gunzipSync(readFileSync(fileOf(folder, name))), { columns: true }) as Row[]
}
