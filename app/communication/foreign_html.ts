import type { HttpContext } from '@adonisjs/core/http'

/**
 * Sends markup that an author or a customer's data shaped. It runs nothing, asks nobody but image servers, and belongs to no
 * origin even when it is opened without the frame that should hold it (SECURITY, stored XSS).
 */
export function showForeignHtml({ response }: HttpContext, html: string) {
  response.header(
    'content-security-policy',
    "default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; font-src https: data:; " +
      "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups"
  )
  response.header('x-frame-options', 'SAMEORIGIN')
  response.header('referrer-policy', 'no-referrer')
  response.header('content-type', 'text/html; charset=utf-8')
  return response.send(html)
}
