import { Figures } from './figures.ts'
import { load } from './load.ts'
import { Product } from './product.ts'
import { readFiles } from './files.ts'
import { segment } from './segment.ts'
import { signIn } from './staff.ts'
import { Tables } from './oracle_of_tables.ts'

/** The whole path on an empty database; answers whether every figure agreed. */
export async function walk(databaseUrl: string, folder: string): Promise<boolean> {
  const figures = new Figures()
  const files = readFiles(folder)
  const tables = new Tables(databaseUrl)
  const product = await Product.on(databaseUrl)
  try {
    await load(product, files, tables, figures)
    await product.start()
    const staff = await signIn(product.address, tables)
    await segment(staff, files, tables, figures)
  } finally {
    await product.stop()
    await tables.close()
  }
  return figures.report()
}
