import { Parser } from 'htmlparser2'
import { type Draft, type Problem } from './draft.js'
import { Parsed, type Language } from './engine.js'
import { known } from './vocabulary.js'

/** Gmail cuts a mail off here. */
const GMAIL_CLIP_BYTES = 102 * 1024

/** What is missing before anybody may get the mail. */
export function missingParts({ subject, senderEmail, body }: Draft): Problem[] {
  const missing = { subject, senderEmail, body }
  return Object.entries(missing)
    .filter(([, value]) => !value?.trim())
    .map(([field]) => ({ code: `empty.${field}`, blocking: true }))
}

/** Liquid that cannot be read, and macros that lead nowhere, by name (F58). */
export function macroProblems(code: string, language: Language): Problem[] {
  try {
    const unknown = new Parsed(code, language).paths().filter((path) => !known(path))
    const names = new Set(unknown.map((path) => path.filter((part) => typeof part !== 'object').join('.')))
    return [...names].map((macro) => ({ code: 'macro', blocking: true, params: { macro } }))
  } catch (error) {
    return [{ code: 'template', blocking: true, params: { message: (error as Error).message.slice(0, 200) } }]
  }
}

/** Advice on the finished markup. */
export function layoutProblems(html: string): Problem[] {
  const problems: Problem[] = []
  const bytes = Buffer.byteLength(html)
  if (bytes > GMAIL_CLIP_BYTES) {
    problems.push({ code: 'clipped', blocking: false, params: { kilobytes: Math.ceil(bytes / 1024) } })
  }
  const images = imagesWithoutAlt(html)
  if (images) problems.push({ code: 'alt', blocking: false, params: { images } })
  return problems
}

function imagesWithoutAlt(html: string) {
  let found = 0
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'img' && attributes.alt === undefined) found++
    },
  })
  parser.end(html)
  return found
}
