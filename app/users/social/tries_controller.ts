import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { goTo, readerOf, toast } from '#core/http'
import { tryProvider } from './try_provider.js'

/** Whether a provider answers as one, before customers find out. */
export default class TriesController {
  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'social_provider')
    const { good, sentence } = await tryProvider(id, readerOf(ctx))
    toast(ctx, sentence, good ? 'success' : 'error')
    return goTo(ctx, `/social-providers/${id}`)
  }
}
