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
  /**
   * Forms send the token as `_csrf`, htmx as the header `x-csrf-token`. What only reads is named, and by the method on the wire,
   * so that no method that was forgotten and no spoofed one passes unseen.
   */
  csrf: {
    enabled: true,
    exceptRoutes: ({ request }) => ['GET', 'HEAD', 'OPTIONS'].includes(request.intended()),
    enableXsrfCookie: false,
    methods: [],
  },
  xFrame: { enabled: true, action: 'DENY' },
  hsts: { enabled: servedOverHttps, maxAge: '180 days' },
  contentTypeSniffing: { enabled: true },
})
