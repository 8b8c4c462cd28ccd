import { defineConfig } from '@adonisjs/shield'
import { servedOverHttps } from '#config/app'

export default defineConfig({
  csp: {
    enabled: true,
    reportOnly: false,
    /** Spelt out in full: the defaults would add upgrade-insecure-requests, which breaks http. */
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
    },
  },
  /** Forms send the token as `_csrf`, htmx as the header `x-csrf-token`. */
  csrf: {
    enabled: true,
    exceptRoutes: [],
    enableXsrfCookie: false,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
  xFrame: { enabled: true, action: 'DENY' },
  hsts: { enabled: servedOverHttps, maxAge: '180 days' },
  contentTypeSniffing: { enabled: true },
})
