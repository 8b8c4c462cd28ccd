import { type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

export const encodings = ['utf-8', 'windows-1251', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof encodings)[number]

/** What an archive may unpack to: a bomb ends here. */
const LARGEST_UNPACKED = 20 * 1024 ** 3

class TooMuchUnpacked extends Error {
  constructor() {
    super('The archive unpacks to more than is accepted')
  }
}

/** Bytes of a file, unpacked when it is a gzip archive by its first bytes, whatever its name. */
export async function* unpacked(source: Readable): AsyncGenerator<Buffer> {
  const bytes = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first = await bytes.next()
  if (first.done) return
  const whole = continued(first.value, bytes)
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b
  yield* isGzip ? gunzip(whole) : whole
}

async function* continued(first: Buffer, rest: AsyncIterator<Buffer>) {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

async function* gunzip(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzipper = createGunzip()
  const feeding = feed(packed, gunzipper)
  let size = 0
  for await (const chunk of gunzipper as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_UNPACKED) throw new TooMuchUnpacked()
    yield chunk
  }
  await feeding
}

async function feed(packed: AsyncIterable<Buffer>, gunzipper: ReturnType<typeof createGunzip>) {
  try {
    for await (const chunk of packed) {
      if (!gunzipper.write(chunk)) await new Promise((resolve) => gunzipper.once('drain', resolve))
    }
    gunzipper.end()
  } catch (error) {
    gunzipper.destroy(error as Error)
  }
}

/** Text of the bytes; what is not of this encoding becomes U+FFFD, which no honest cell holds. A byte order mark is dropped. */
export async function* decoded(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}
