import type { HttpContext } from '@adonisjs/core/http'

/** What a key is good for: the first thing that whoever has a new one asks. */
export default class PingsController {
  async show({ apiKey, response }: HttpContext) {
    return response.json({ key: apiKey.name, scopes: apiKey.scopes })
  }
}
