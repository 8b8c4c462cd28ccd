import { addAttributes, compareAttributes } from './attributes.ts'
import { Figures } from './figures.ts'
import { load } from './load.ts'
import { expectedAddresses, readLetters, send, write } from './mailing.ts'
import { Product } from './product.ts'
import { react } from './reactions.ts'
import { readFiles, type Files } from './files.ts'
import { segment } from './segment.ts'
import { signIn } from './staff.ts'
import { compareStatistics } from './statistics.ts'
import { Tables } from './oracle_of_tables.ts'
import { type Visitor } from './visitor.ts'
import { addressOf, CATEGORY, withdraw } from './withdrawals.ts'

/** The whole path on an empty database; answers whether every figure agreed. */
export async function walk(databaseUrl: string, folder: string): Promise<boolean> {
  const figures = new Figures()
  const files = readFiles(folder)
  const tables = new Tables(databaseUrl)
  const product = await Product.on(databaseUrl)
  try {
    await product.start()
    const staff = await signIn(product.address, tables)
    await addAttributes(staff, figures)
    await load(product, files, tables, figures)
    await compareAttributes(folder, tables, figures)
    await mail(product, staff, files, tables, figures)
  } finally {
    await product.stop()
    await tables.close()
  }
  return figures.report()
}

async function mail(product: Product, staff: Visitor, files: Files, tables: Tables, figures: Figures) {
  const { id, households } = await segment(staff, files, tables, figures)
  const withdrawn = await withdraw(product, staff, tables, households, figures)
  const communication = await write(staff, tables, figures)
  const mailing = { communication, segment: id, withdrawn }

  figures.stage('First send to the segment')
  const expected = expectedAddresses(households, withdrawn)
  figures.same('who may be written to, by plain SQL', await reachable(tables, id), expected)
  const letters = await send(staff, tables, figures, { ...mailing, expected })
  readLetters(letters, figures)

  const done = await react(letters, figures)
  await compareStatistics(staff, communication, letters.length, done, figures)

  figures.stage('Second send, without the one who left')
  const gone = households.find((household) => addressOf(household) === done.left.recipient)!
  const without = { ...withdrawn, unsubscribed: [...withdrawn.unsubscribed, gone] }
  const fewer = expected.filter((address) => address !== done.left.recipient)
  figures.same('who may be written to, by plain SQL', await reachable(tables, id), fewer)
  const second = await send(staff, tables, figures, { ...mailing, withdrawn: without, expected: fewer })
  figures.check('mails to the one who left', second.filter((one) => one.recipient === done.left.recipient).length, 0)
}

async function reachable(tables: Tables, segmentId: number) {
  const members = await tables.texts('select member_id::text as value from segment_current where segment_id = $1', [segmentId])
  return tables.reachable(members, CATEGORY)
}
