import type { IncomingMessage, ServerResponse } from 'node:http'
import env from '#start/env'
import { defineConfig } from '@adonisjs/core/http'

export const appUrl = env.get('APP_URL')

/** Cookies and HSTS follow the address people type, not the mode: plain http must stay usable. */
export const servedOverHttps = appUrl.startsWith('https:')

export const http = defineConfig({
  generateRequestId: true,
  /** A POST whose body says GET would pass the CSRF guard unseen. */
  allowMethodSpoofing: false,
  useAsyncLocalStorage: false,

  /** Behind a proxy this is a decision of the operator: forwarded addresses can be forged. */
  trustProxy: () => false,

  /** An address that is no UTF-8 is nobody's: it is looked for as it is spelt, and answered in words like any other that leads nowhere. */
  onBadUrl: async (request: IncomingMessage, response: ServerResponse) => {
    const { default: server } = await import('@adonisjs/core/services/server')
    request.url = request.url!.replaceAll('%', '%25')
    await server.handle(request, response)
  },

  redirect: { forwardQueryString: false },

  cookie: {
    domain: '',
    path: '/',
    maxAge: '2h',
    httpOnly: true,
    secure: servedOverHttps,
    sameSite: 'lax',
  },
})
