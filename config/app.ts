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
