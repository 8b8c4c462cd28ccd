import type { HttpContext } from '@adonisjs/core/http'

/** Every text sent under a name: one, several, or so many that the parser makes an object of them (over twenty). */
export function listSent({ request }: Pick<HttpContext, 'request'>, name: string): string[] {
  const sent: unknown = request.input(name)
  const all = sent && typeof sent === 'object' ? Object.values(sent) : [sent]
  return all.filter((one): one is string => typeof one === 'string')
}
