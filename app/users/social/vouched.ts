import encryption from '@adonisjs/core/services/encryption'
import * as openid from 'openid-client'
import { row, sql } from '#core/database'
import { type Call } from '#core/methods'
import { hashOfSecret } from '#core/secrets'
import { configurationOf, orSilent, providerWithId } from './provider.js'
import { SocialLoginOver } from './refusals.js'
import { type Proof } from './start.js'

/** For whom a provider vouches. */
export interface Vouched {
  providerId: number
  /** Who they are there, for good. */
  subject: string
  /** Only one that the provider has verified, and that we take its word for. */
  email: string | null
  givenName: string | null
  surname: string | null
}

/** What a front end got back: the parameters of the address that the browser returned to. */
export interface Returned {
  state: string
  code: string
  iss?: string
}

/** Asks the provider for its word, once: state, nonce, verifier and signature must all hold. Throws `SocialLoginOver`, `ProviderSilent`. */
export async function vouchedFor({ state, code, iss }: Returned, { source, userId }: Pick<Call, 'source' | 'userId'>): Promise<Vouched> {
  const begun = await row<{ providerId: number; proof: string }>(
    sql`delete from social_logins where state_hash = ${hashOfSecret(state)} and source_id = ${source.id} and expires_at > now()
      returning provider_id as "providerId", proof`
  )
  const proof = begun && encryption.decrypt<Proof>(begun.proof)
  if (!proof || proof.userId !== userId) throw new SocialLoginOver()

  const provider = await providerWithId(begun.providerId)
  const claims = await orSilent(claimsOf())
  const trusted = provider.trustsEmail && claims.email_verified === true && typeof claims.email === 'string'
  return {
    providerId: provider.id,
    subject: claims.sub,
    email: trusted ? (claims.email as string) : null,
    givenName: named(claims.given_name),
    surname: named(claims.family_name),
  }

  async function claimsOf(): Promise<openid.IDToken> {
    const { redirectUrl, verifier, nonce } = proof!
    const back = new URL(redirectUrl)
    back.search = new URLSearchParams({ code, state, ...(iss && { iss }) }).toString()
    const configuration = await configurationOf(provider)
    const checks = { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state, idTokenExpected: true }
    const answer = await openid.authorizationCodeGrant(configuration, back, checks)
    return answer.claims()!
  }
}

const named = (claim: unknown) => (typeof claim === 'string' ? claim.slice(0, 100) : null)
