import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo } from 'node:net'
import { type Group } from '@japa/runner/core'

export const CLIENT = { id: 'the-shop', secret: 'a-secret-of-the-shop' }

interface Person {
  sub: string
  [claim: string]: unknown
}

const pairOfKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * A provider of OpenID Connect 1.0 with discovery, PKCE and RS256, on an address of this machine that tests may call. `signedIn` is the
 * person who agrees at its page; `spoils` changes what it says.
 */
export function openidProvider(group: Group) {
  const keys = pairOfKeys()
  const codes = new Map<string, { query: URLSearchParams; person: Person }>()
  const state = { issuer: '', signedWith: keys.privateKey as KeyObject, spoils: {} as Record<string, unknown>, asked: [] as string[], called: '' }

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, state.issuer)
    state.asked.push(pathname)
    const answer = await answerTo(pathname, request)
    response.writeHead(answer ? (answer.error ? 400 : 200) : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? {}))
  })

  async function answerTo(path: string, request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
    const { issuer } = state
    if (path === '/.well-known/openid-configuration') {
      return {
        issuer: state.called || issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      }
    }
    if (path === '/keys') return { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }
    return path === '/token' ? tokenFor(new URLSearchParams(await text(request))) : undefined
  }

  /** RFC 6749 4.1.3 and RFC 7636 4.6: a code works once, for who began, with the verifier of its challenge. */
  function tokenFor(form: URLSearchParams) {
    const begun = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url')
    const right = begun && form.get('client_id') === CLIENT.id && form.get('client_secret') === CLIENT.secret &&
      challenge === begun.query.get('code_challenge') && form.get('redirect_uri') === begun.query.get('redirect_uri')
    if (!right) return { error: 'invalid_grant' }
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: state.issuer, aud: CLIENT.id, iat: now, exp: now + 300, nonce: begun.query.get('nonce'), ...begun.person, ...state.spoils }
    const body = `${encoded({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${encoded(claims)}`
    return { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: `${body}.${sign('sha256', Buffer.from(body), state.signedWith).toString('base64url')}` }
  }

  group.setup(async () => {
    server.listen(0, '127.0.0.9')
    await once(server, 'listening')
    state.issuer = `http://127.0.0.9:${(server.address() as AddressInfo).port}`
    return () => new Promise<void>((closed) => server.close(() => closed()))
  })
  group.each.setup(() => {
    Object.assign(state, { signedWith: keys.privateKey, spoils: {}, asked: [], called: '' })
  })

  return {
    issuer: () => state.issuer,
    asked: () => state.asked,
    /** Until the test is over. */
    spoil: (claims: Record<string, unknown>) => Object.assign(state.spoils, claims),
    /** What it says that it is, until the test is over. */
    callItself: (issuer: string) => (state.called = issuer),
    signWithAnotherKey: () => (state.signedWith = pairOfKeys().privateKey),
    /** The person presses "Allow": what the browser brings back. */
    agrees(url: string, person: Person) {
      const query = new URL(url).searchParams
      const code = randomUUID()
      codes.set(code, { query, person })
      return { code, state: query.get('state')! }
    },
  }
}

async function text(request: IncomingMessage) {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}
