import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, isFragment, readerOf, sentencesOf, trigger } from '#core/http'
import { InvalidFields, objects, typed } from '#core/objects'
import { sentText } from '../sent_text.js'
import { makeKey, type KeyDraft } from './api_key.js'
import { completed } from './api_key_object.js'
import { keyShown } from './key_shown.js'
import { readScopes } from './scopes.js'
import { scopeTable } from './scope_table.js'

/** Days that a key may live; 0 is for ever. */
const LIVES = [30, 90, 365, 0]

/** New keys, in a dialog over the list or on pages of their own. The answer to the form is the key itself, which nobody sees again. */
export default class ApiKeysController {
  async create(ctx: HttpContext) {
    return form(ctx, { name: '', networks: '', days: '90' }, [])
  }

  async store(ctx: HttpContext) {
    const sent = ctx.request.only(['name', 'networks', 'days', 'scopes'])
    try {
      const key = await makeKey(await drafted(ctx, sent), actorOf(ctx))
      trigger(ctx, { 'api_key:changed': true })
      return ctx.view.render(isFragment(ctx) ? 'secrets::components/shown_dialog' : 'secrets::shown', keyShown(key, readerOf(ctx)))
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      const ticked = [sent.scopes ?? []].flat().filter((one) => typeof one === 'string')
      const values = { name: sentText(sent.name), networks: sentText(sent.networks), days: sentText(sent.days) }
      return form(ctx, values, ticked, sentencesOf(error, readerOf(ctx)))
    }
  }
}

/** Throws `InvalidFields`. */
async function drafted(ctx: HttpContext, sent: Record<string, unknown>): Promise<KeyDraft> {
  const said = typed(objects.get('api_key'), ['name', 'networks'], sent, readerOf(ctx))
  const { name, networks } = await completed(said)
  const scopes = readScopes(sent.scopes, ctx.auth.getUserOrFail())
  const days = LIVES.find((known) => String(known) === sent.days)
  if (days === undefined) throw InvalidFields.at('days', 'required')
  const expiresAt = days ? new Date(Date.now() + days * 24 * 60 * 60 * 1000) : null
  return { name: name as string, networks: networks as string | null, scopes, expiresAt }
}

function form(ctx: HttpContext, values: Record<string, string>, ticked: string[], errors: Record<string, string> = {}) {
  return ctx.view.render(isFragment(ctx) ? 'access::components/key_form_dialog' : 'access::key_form', { values, errors, lives: LIVES, table: scopeTable(ticked, readerOf(ctx)) })
}
