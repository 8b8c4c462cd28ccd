import { row, sql } from '#core/database'
import { unsealed } from '#core/secrets'

/** A way for mail to leave, as the drainers need it: secrets are read only here. */
export interface Provider {
  id: number
  kind: 'capture' | 'smtp'
  host: string | null
  port: number | null
  security: 'none' | 'starttls' | 'tls'
  username: string | null
  password: string | null
  perMinute: number | null
  bounceAddress: string | null
  dkimDomain: string | null
  dkimSelector: string | null
  dkimKey: string | null
}

const secrets = ['password', 'dkimKey'] as const

export async function providerOf(id: number): Promise<Provider> {
  const provider = await row<Provider>(
    sql`select id, kind, host, port, security, username, password, per_minute as "perMinute",
        bounce_address as "bounceAddress", dkim_domain as "dkimDomain", dkim_selector as "dkimSelector", dkim_key as "dkimKey"
      from mail_providers where id = ${id}`
  )
  for (const name of secrets) provider![name] = unsealed(provider![name])
  return provider!
}
