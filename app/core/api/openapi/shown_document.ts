import { createHash } from 'node:crypto'
import { objects, type ObjectDefinition, type Reader } from '#core/objects'
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
  const brought = () => offeredToSystems(objects.all()).filter(({ own }) => !own).map(({ object }) => asBrought(object))
  return kept('open', brought, reader)
}

/** The document of a key: what it may read, with the tables and the fields that the company added. */
export function keyDocument(readable: ObjectDefinition[], reader: Reader): Shown {
  return kept(readable.map(({ name }) => name).join(' '), () => readable, reader)
}

/** Making one takes a good part of a second, in which nobody else is served. */
function kept(whose: string, shows: () => ObjectDefinition[], reader: Reader): Shown {
  const now = Date.now()
  for (const [name, { until }] of shown) if (until <= now) shown.delete(name)

  const name = `${reader.locale} ${whose}`
  const known = shown.get(name) ?? made(documentOf(shows(), reader))
  shown.set(name, known)
  return known
}

function made(document: Document): Shown {
  const text = JSON.stringify(document)
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  return { document, text, tag, until: Date.now() + KEPT }
}
