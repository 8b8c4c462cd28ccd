import { readFile, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const contentTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

const alreadyCompressed = new Set(['.woff2', '.png'])

/** One file a browser may have, with everything its response needs. */
export interface Asset {
  body: Buffer
  gzipped?: Buffer
  contentType: string
  version: string
}

const compress = promisify(gzip)
const known = new Map<string, { changedAt: number; asset: Asset }>()

/** Read once and again only when the file has changed; undefined when there is no such file. */
export async function readAsset(path: string): Promise<Asset | undefined> {
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile()) {
    return undefined
  }

  const before = known.get(path)
  if (before?.changedAt === file.mtimeMs) {
    return before.asset
  }
  const asset = await load(path)
  known.set(path, { changedAt: file.mtimeMs, asset })
  return asset
}

async function load(path: string): Promise<Asset> {
  const body = await readFile(path)
  const extension = extname(path)
  return {
    body,
    gzipped: alreadyCompressed.has(extension) ? undefined : await compress(body),
    contentType: contentTypes[extension] ?? 'application/octet-stream',
    version: createHash('sha256').update(body).digest('base64url').slice(0, 12),
  }
}
