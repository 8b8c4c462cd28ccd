import { BlockList, isIP } from 'node:net'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import config from '#config/outbound'

/** Nothing is kept open: an address is checked anew for every call, whatever its name resolved to before. */
const rules = { keepAlive: false, allowIPAddressList: config.addresses }

/** They look the name up, check every address that comes back, and connect to what was checked (SECURITY, "Outbound HTTP"). */
export const agents = {
  'http:': new RequestFilteringHttpAgent(rules),
  'https:': new RequestFilteringHttpsAgent(rules),
}

const trusted = new BlockList()
for (const one of config.addresses) {
  const [address, prefix] = one.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (prefix) trusted.addSubnet(address, Number(prefix), family)
  else trusted.addAddress(address, family)
}

/** A private address that the operator named. */
export const addressAllowed = (address: string) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
