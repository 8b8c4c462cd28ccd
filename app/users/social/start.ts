import vine from '@vinejs/vine'
import encryption from '@adonisjs/core/services/encryption'
import * as openid from 'openid-client'
import { execute, sql } from '#core/database'
import { defineMethod, type Call } from '#core/methods'
import { hashOfSecret } from '#core/secrets'
import { line } from '../accounts/sent.js'
import { configurationOf, providerCalled } from './provider.js'
import { ForeignRedirect } from './refusals.js'

const MINUTES = 10

/** What proves at the end that it belongs to the beginning (RFC 7636, OpenID Connect Core 3.1.2.1). */
export interface Proof {
  verifier: string
  nonce: string
  redirectUrl: string
  /** Who was signed in when it began. */
  userId: number | null
}

/**
 * Where the browser goes to sign in elsewhere. The front end keeps the state and compares it with the one that comes back: so nobody ends
 * here what they began elsewhere. Who is signed in begins it signed in: what others have begun links nothing to their account.
 */
export const socialStart = defineMethod({
  name: 'user/socialStart',
  caller: 'anyone',
  input: vine.create({ provider: line(60), redirectUrl: vine.string().maxLength(1000) }),
  output: vine.create({ url: vine.string(), state: vine.string() }),
  example: {
    input: { provider: 'google', redirectUrl: 'https://shop.example/signed-in' },
    output: { url: 'https://accounts.google.com/o/oauth2/v2/auth?…', state: 'b1Vd…' },
  },
  refusals: { unknownProvider: 404, foreignRedirect: 422, providerSilent: 422 },
  async prepare({ input, source, byServer }) {
    if (!byServer) refuseForeign(input.redirectUrl, source)
    const provider = await providerCalled(input.provider)
    return { provider, configuration: await configurationOf(provider) }
  },
  async run({ input: { redirectUrl }, source, userId, trx }, { provider, configuration }) {
    const [state, nonce, verifier] = [openid.randomState(), openid.randomNonce(), openid.randomPKCECodeVerifier()]
    const proof = encryption.encrypt({ verifier, nonce, redirectUrl, userId } satisfies Proof)
    await execute(sql`delete from social_logins where expires_at < now()`, trx)
    await execute(
      sql`insert into social_logins (state_hash, provider_id, source_id, proof, expires_at)
        values (${hashOfSecret(state)}, ${provider.id}, ${source.id}, ${proof}, now() + ${MINUTES} * interval '1 minute')`,
      trx
    )
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUrl,
      scope: provider.scopes,
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    return { output: { url: url.href, state } }
  },
})

function refuseForeign(redirectUrl: string, { origins }: Call['source']) {
  const origin = URL.canParse(redirectUrl) ? new URL(redirectUrl).origin : ''
  if (!origins.includes(origin)) throw new ForeignRedirect()
}
