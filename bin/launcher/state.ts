import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Where an installation keeps what it must not lose: its data, keys and locks. */
export const state = process.env.TESSERA_STATE ?? join(root, 'tmp')

export function inState(...path: string[]) {
  mkdirSync(state, { recursive: true })
  return join(state, ...path)
}

/** A secret that is made once and then kept; nobody but the owner may read the file. */
export function keptSecret(file: string, bytes = 32) {
  if (!existsSync(file)) {
    writePrivately(file, randomBytes(bytes).toString('base64url'))
  }
  return readFileSync(file, 'utf8').trim()
}

export function writePrivately(file: string, content: string) {
  writeFileSync(file, `${content}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
}
