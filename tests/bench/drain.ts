import { type Readable } from 'node:stream'

/** Reads to the end and throws away, as a fast client would. */
export async function drain(stream: Readable) {
  for await (const _chunk of stream);
}
