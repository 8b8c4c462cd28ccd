import 'reflect-metadata'
import { prettyPrintError } from '@adonisjs/core'
import { ignite } from '../../bin/boot.js'

interface Bench {
  default: () => Promise<void>
  /** What has to be there when customers are loaded. */
  before?: () => Promise<void>
}

/** What can be measured; each file is read only when it is asked for, since it brings its part of the product. */
const benches: Record<string, () => Promise<Bench>> = {
  page: () => import('./page.bench.js'),
  section: () => import('./section.bench.js'),
  attributes: () => import('./attributes.bench.js'),
  import: () => import('./import.bench.js'),
  segment: () => import('./segment.bench.js'),
  merges: () => import('./merges.bench.js'),
  duplicates: () => import('./duplicates.bench.js'),
  audience: () => import('./audience.bench.js'),
  export: () => import('./export.bench.js'),
  send: () => import('./send.bench.js'),
  api: () => import('./api.bench.js'),
  batch: () => import('./batch.bench.js'),
}

/** Started by `npm run bench` with the number of users and the names of the benches, all when empty. */
const [users, only] = process.argv.slice(2)

try {
  const app = ignite().createApp('console')
  await app.init()
  await app.boot()
  await app.start(() => {})
  await measure(only ? only.split(',') : Object.keys(benches))
  await app.terminate()
  process.exit()
} catch (error) {
  await prettyPrintError(error)
  process.exit(1)
}

async function measure(names: string[]) {
  const unknown = names.filter((name) => !benches[name])
  if (unknown.length) throw new Error(`--only knows ${Object.keys(benches).join(', ')}; not ${unknown.join(', ')}`)

  const { load } = await import('./load/load.js')
  const { header, summary } = await import('./report.js')
  const chosen = await Promise.all(names.map((name) => benches[name]()))
  for (const bench of chosen) await bench.before?.()
  await load(Number(users))
  header()
  for (const bench of chosen) await bench.default()
  process.exitCode = summary()
}
