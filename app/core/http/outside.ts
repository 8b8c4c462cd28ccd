import type { HttpContext } from '@adonisjs/core/http'

const POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** A page for somebody outside (`layout.outside`), whose address is all its proof: it is in no cache, named to no other site, and runs no script. */
export function guardOutside({ response }: HttpContext) {
  response.header('cache-control', 'no-store')
  response.header('referrer-policy', 'no-referrer')
  response.header('content-security-policy', POLICY)
}

/** The language that the address of such a page asks for. */
export function askedLocale({ request }: HttpContext): 'ru' | 'en' | undefined {
  const asked = request.input('lang')
  return asked === 'ru' || asked === 'en' ? asked : undefined
}
