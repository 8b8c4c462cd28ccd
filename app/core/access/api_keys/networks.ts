import { BlockList, isIP } from 'node:net'
import { InvalidFields } from '#core/objects'

const MOST = 50

/** Addresses and networks as people list them, each once, in one line. Throws `InvalidFields`. */
export function readNetworks(typed: string, field: string): string | null {
  const listed = [...new Set(typed.split(/[\s,;]+/).filter(Boolean))]
  if (listed.length > MOST) throw InvalidFields.at(field, 'tooManyNetworks', { max: MOST })
  const wrong = listed.find((one) => !isNetwork(one))
  if (wrong) throw InvalidFields.at(field, 'network', { network: wrong })
  return listed.join(', ') || null
}

/** Whether an address is on the list; no list lets all in. */
export function allows(networks: string | null, address: string): boolean {
  if (!networks) return true
  const list = new BlockList()
  for (const network of networks.split(', ')) add(list, network)
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return list.check(plain, familyOf(plain))
}

function add(list: BlockList, network: string) {
  const [address, bits] = network.split('/')
  const family = familyOf(address)
  list.addSubnet(address, bits === undefined ? widest(family) : Number(bits), family)
}

function isNetwork(text: string) {
  const [address, bits, ...rest] = text.split('/')
  if (!isIP(address) || address.includes('%') || rest.length) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest(familyOf(address)))
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
const widest = (family: 'ipv4' | 'ipv6') => (family === 'ipv6' ? 128 : 32)
