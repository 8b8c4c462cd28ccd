import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { Refusal } from '../refusal.ts'
import { writePrivately } from '../state.ts'
import { type Place } from './place.ts'

/** The release whose files these programs read; another one's are not touched. */
const MAJOR_VERSION = '18'

/**
 * The same on every machine, whatever LANG says. Not `--locale=C`: pg_trgm would see no letters in
 * Cyrillic. Columns shown to people carry their own collation.
 */
const options = [
  '--encoding=UTF8',
  '--locale=C.UTF-8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  '--username=postgres',
]

export interface Passwords {
  superuser: string
  application: string
}

/** Made aside and renamed, so that a run that was broken off leaves no half cluster. */
export function initialise(place: Place, throwaway: boolean) {
  const aside = `${place.data}.new`
  const passwordFile = join(place.home, 'password.new')
  const passwords: Passwords = { superuser: newPassword(), application: newPassword() }

  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { mode: 0o700 })
  writePrivately(passwordFile, passwords.superuser)
  handOver(aside, place)
  handOver(passwordFile, place)

  initdb(place, ['-D', aside, `--pwfile=${passwordFile}`, ...(throwaway ? ['--no-sync'] : [])])
  rmSync(passwordFile)
  writePrivately(passwordsFile(place), JSON.stringify(passwords))
  renameSync(aside, place.data)
}

/** URL-safe, since it becomes a part of one. */
function newPassword() {
  return randomBytes(24).toString('base64url')
}

function handOver(path: string, { account }: Place) {
  if (account) chownSync(path, account.uid, account.gid)
}

function initdb(place: Place, words: string[]) {
  const { status, stdout, stderr, error } = spawnSync(
    join(place.programs, 'bin', 'initdb'),
    [...options, ...words],
    { ...conditions(place), encoding: 'utf8' }
  )
  if (status !== 0) {
    throw new Refusal(`PostgreSQL could not be set up:\n${error ?? `${stdout}${stderr}`}`)
  }
}

/** Independent of who starts it from where: the working folder may be closed, LANG unset. */
export function conditions({ account }: Place) {
  return { ...account, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } }
}

export function passwordsOf(place: Place): Passwords {
  return JSON.parse(readFileSync(passwordsFile(place), 'utf8'))
}

function passwordsFile({ home }: Place) {
  return join(home, 'passwords.json')
}

export function refuseOtherVersion({ data }: Place) {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (version !== MAJOR_VERSION) {
    throw new Refusal(
      `The data in ${data} belongs to PostgreSQL ${version}, this is PostgreSQL ${MAJOR_VERSION}. ` +
        'Export it with the former version of Tessera, or set DATABASE_URL.'
    )
  }
}
