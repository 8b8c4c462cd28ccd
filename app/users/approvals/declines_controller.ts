import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { transaction } from '#core/database'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { InvalidFields, objects, typed } from '#core/objects'
import { forgetTotals, formOf, refusedForm, type Form } from '#core/screens'
import { decline } from './decline.js'

const names = ['answer']

/** The customer is told why not. */
export default class DeclinesController {
  async create(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'identifier_request')
    return draw(ctx, id, await formOf(request(), names, {}, readerOf(ctx)))
  }

  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'identifier_request')
    const reader = readerOf(ctx)
    const sent = ctx.request.only(names)
    try {
      const { answer } = typed(request(), names, sent, reader)
      await transaction((trx) => decline(id, answer as string | null, actorOf(ctx), trx))
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return draw(ctx, id, await refusedForm(request(), names, sent, error, reader))
    }
    forgetTotals(request())
    toast(ctx, reader.t('identifier_request.declined'))
    return goTo(ctx, `/identifier-requests/${id}`)
  }
}

const request = () => objects.get('identifier_request')

function draw(ctx: HttpContext, id: number, form: Form) {
  return ctx.view.render('screens::record_page', {
    title: `${readerOf(ctx).t('identifier_request.buttons.decline')}: № ${id}`,
    form,
    action: `/identifier-requests/${id}/declines`,
    back: `/identifier-requests/${id}`,
  })
}
