import { isIP } from 'node:net'
import config from '#config/outbound'
import { addressAllowed } from './agents.js'
import { CallRefused } from './refusals.js'

/** The address to call, if it may be called at all; what its name resolves to is checked at the connection. Throws `CallRefused`. */
export function targetOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) throw new CallRefused('url')
  const host = bare(url.hostname)
  if (url.username || url.password) throw new CallRefused('credentials', host)
  const trusted = isIP(host) > 0 && addressAllowed(host)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (config.http || trusted))) throw new CallRefused('scheme', host)
  if (!trusted && !config.ports.includes(portOf(url))) throw new CallRefused('port', host)
  if (!trusted && !listed(host)) throw new CallRefused('host', host)
  return url
}

/** `[::1]` is written in brackets in an address only; a name may end in a point. */
const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')

const portOf = ({ port, protocol }: URL) => Number(port || (protocol === 'https:' ? 443 : 80))

function listed(host: string) {
  return !config.hosts.length || config.hosts.some((one) => host === one || host.endsWith(`.${one}`))
}
