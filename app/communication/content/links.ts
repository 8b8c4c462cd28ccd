import { Parser } from 'htmlparser2'
import { type Link, type Problem } from './draft.js'

interface Place {
  start: number
  end: number
  url: string
}

const OWN = /^\{\{\s*UnsubscribeLink\s*\}\}$/
const LINK = /^\{\{\s*Link\s*\}\}$/
const TRACKED = /^https?:\/\/[^/?#{}\s]+([/?#]|$)/i
const UNTRACKED = /^(mailto:|tel:|sms:|#|$)/i

/**
 * Replaces the address of every link by the one that counts clicks. Done once a send, on the text itself: what an
 * author wrote around the links stays as it is.
 */
export function rewriteLinks(html: string, linkMacro: string | null, trackedUrl: (position: number) => string) {
  const links: Link[] = []
  const problems: Problem[] = []
  let rewritten = ''
  let copied = 0

  for (const place of addresses(html)) {
    const url = LINK.test(place.url) && linkMacro ? linkMacro : place.url
    const problem = fault(url)
    if (problem) problems.push(problem)
    if (!TRACKED.test(url)) continue
    const link = links.find((known) => known.url === url) ?? { position: links.length + 1, url }
    if (link.position > links.length) links.push(link)
    rewritten += `${html.slice(copied, place.start)}href="${trackedUrl(link.position)}"`
    copied = place.end
  }
  return { html: rewritten + html.slice(copied), links, problems }
}

/** A host out of a customer's data could lead anywhere, and only http is a link that a browser opens safely. */
function fault(url: string): Problem | null {
  if (TRACKED.test(url) || OWN.test(url) || UNTRACKED.test(url)) return null
  return { code: 'link', blocking: true, params: { url: url.slice(0, 100) } }
}

function addresses(html: string): Place[] {
  const places: Place[] = []
  let waiting: Place | null = null
  const parser = new Parser(
    {
      onattribute(name, value) {
        if (name === 'href') waiting = { start: parser.startIndex, end: parser.endIndex, url: value.trim() }
      },
      onopentag(name) {
        if (waiting && (name === 'a' || name === 'area')) places.push(waiting)
        waiting = null
      },
    },
    { decodeEntities: true }
  )
  parser.write(html)
  parser.end()
  return places
}
