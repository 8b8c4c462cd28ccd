import * as openid from 'openid-client'
import { row, sql, type Sql } from '#core/database'
import { call } from '#core/outbound'
import { unsealed } from '#core/secrets'
import { ProviderSilent, UnknownProvider } from './refusals.js'

export interface Provider {
  id: number
  issuer: string
  clientId: string
  clientSecret: string | null
  scopes: string
  trustsEmail: boolean
}

export const providerCalled = (code: string) => found(sql`code = ${code} and active`)
export const providerWithId = (id: number) => found(sql`id = ${id} and active`)
/** Whether it is switched on or not: one is tried before customers see it. */
export const providerToTry = (id: number) => found(sql`id = ${id}`)

async function found(which: Sql): Promise<Provider> {
  const provider = await row<Provider>(
    sql`select id, issuer, client_id as "clientId", client_secret as "clientSecret", scopes, trusts_email as "trustsEmail"
      from social_providers where ${which}`
  )
  if (!provider) throw new UnknownProvider()
  return provider
}

/**
 * What the provider says of itself (OpenID Connect Discovery). All that is asked of it goes by the guarded way to the outside, and the
 * signature of its word is looked at although it came by TLS. Throws `ProviderSilent`.
 */
export async function configurationOf({ issuer, clientId, clientSecret }: Provider): Promise<openid.Configuration> {
  const secret = unsealed(clientSecret)
  /** Whether there may be a call without TLS the guard decides. */
  const execute = [openid.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [openid.allowInsecureRequests] : [])]
  const proof = secret ? openid.ClientSecretPost(secret) : openid.None()
  return orSilent(openid.discovery(new URL(issuer), clientId, undefined, proof, { execute, [openid.customFetch]: guarded }))
}

/** Whatever went wrong there, or was wrong in what came from there, is one refusal for who asks, and a line of the log for us. */
export async function orSilent<Answer>(asking: Promise<Answer>): Promise<Answer> {
  try {
    return await asking
  } catch (cause) {
    throw new ProviderSilent(cause)
  }
}

const guarded: openid.CustomFetch = async (url, { method, headers, body, signal }) => {
  const answer = await call({ url, method: method as 'GET' | 'POST', headers, body: body ? String(body) : undefined, signal })
  const kept = Object.entries(answer.headers).filter(([, value]) => typeof value === 'string') as [string, string][]
  return new Response([204, 304].includes(answer.status) ? null : new Uint8Array(answer.body), { status: answer.status, headers: kept })
}
