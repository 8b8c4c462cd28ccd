import env from '#start/env'

const listed = (text: string | undefined) => (text ?? '').split(',').map((one) => one.trim().toLowerCase()).filter(Boolean)

/** Where the product may call. What the internet cannot reach is refused whatever stands here, but for `addresses`. */
export default {
  /** Hosts that may be called; none listed: every public one. `example.com` also means its subdomains. */
  hosts: listed(env.get('OUTBOUND_HOSTS')),
  /** Calls without TLS. */
  http: env.get('OUTBOUND_HTTP') === 'on',
  ports: [80, 443],
  /** Private addresses or networks (`10.1.2.3`, `10.1.0.0/16`) that the operator trusts; any port of them may be called. */
  addresses: listed(env.get('OUTBOUND_ADDRESSES')),
}
