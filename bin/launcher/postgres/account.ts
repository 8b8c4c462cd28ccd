import { readFileSync, statSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

export interface Account {
  uid: number
  gid: number
}

const NEW_ACCOUNT = 'tessera'
const systemAccount = [
  '--system',
  '--user-group',
  '--no-create-home',
  '--shell',
  '/usr/sbin/nologin',
]

/**
 * Who the database runs as. PostgreSQL refuses root, so root lends it another account: the owner of
 * data that is there already, else `postgres`, else an account made for it, else `nobody`.
 * Undefined for everybody else: they run it as themselves.
 */
export function accountForDatabase(data: string): Account | undefined {
  if (process.getuid?.() !== 0) {
    return undefined
  }
  return ownerOf(data) ?? named('postgres') ?? named(NEW_ACCOUNT) ?? created() ?? named('nobody')
}

function ownerOf(data: string): Account | undefined {
  const { uid, gid } = statSync(data, { throwIfNoEntry: false }) ?? {}
  return uid ? { uid, gid: gid! } : undefined
}

function named(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return line === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

function created() {
  spawnSync('useradd', [...systemAccount, NEW_ACCOUNT])
  return named(NEW_ACCOUNT)
}
