import { createHash } from 'node:crypto'
import { objects, type Reader } from '#core/objects'
import { asBrought, offeredToSystems } from '../objects/offered.js'
import { documentOf, type Document } from './document.js'

/** Milliseconds for which a document is taken for what it says: an object that was just registered is not in it before. */
const KEPT = 5000

interface Shown {
  document: Document
  text: string
  /** Of the text: the same document has the same tag, in every process. */
  tag: string
  until: number
}

const shown = new Map<string, Shown>()

/**
 * The document that anybody may read: methods, and objects as the product brings them. What a company has added to them is its own affair, and
 * shown to its keys.
 */
export function openDocument(reader: Reader): Shown {
  const known = shown.get(reader.locale)
  if (known && known.until > Date.now()) return known
  const document = documentOf(offeredToSystems(objects.all()).filter(({ own }) => !own).map(({ object }) => asBrought(object)), reader)
  return keep(reader.locale, document)
}

function keep(name: string, document: Document): Shown {
  const text = JSON.stringify(document)
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  const kept = { document, text, tag, until: Date.now() + KEPT }
  shown.set(name, kept)
  return kept
}
