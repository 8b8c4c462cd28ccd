import { InvalidFields, type Values } from '#core/objects'

/** Words that stand in the place of a source in addresses of the interface. */
const RESERVED = ['docs', 'events', 'files', 'objects', 'openapi', 'ping', 'problems', 'sources', 'tracking', 'webhooks']

const MOST_SITES = 50

/** A code goes into an address, and so do sites, each once. */
export async function checkSource(values: Values): Promise<Values> {
  if (typeof values.code === 'string') checkCode(values.code)
  return typeof values.sites === 'string' ? { ...values, sites: readSites(values.sites) } : values
}

function checkCode(code: string) {
  if (!/^[a-z0-9][a-z0-9_-]*$/i.test(code)) throw InvalidFields.at('code', 'sourceCode')
  if (RESERVED.includes(code.toLowerCase())) throw InvalidFields.at('code', 'reservedCode')
}

/** `https://shop.example` as browsers say it: no path, no port that is usual. */
function readSites(typed: string): string | null {
  const listed = typed.split(/[\s,;]+/).filter(Boolean)
  if (listed.length > MOST_SITES) throw InvalidFields.at('sites', 'tooManySites', { max: MOST_SITES })
  return [...new Set(listed.map(originOf))].join(', ') || null
}

function originOf(site: string): string {
  const url = URL.canParse(site) ? new URL(site) : undefined
  const onThisMachine = url && ['localhost', '127.0.0.1'].includes(url.hostname)
  const isSite = url && (url.protocol === 'https:' || (url.protocol === 'http:' && onThisMachine))
  if (!isSite || url.username || url.password || url.pathname !== '/' || url.search || url.hash) throw InvalidFields.at('sites', 'site', { site })
  return url.origin
}
