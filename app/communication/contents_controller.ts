import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf, idParam, readerOf, reload, toast } from '#core/http'
import { edit, InvalidFields } from '#core/objects'
import { communicationOf, type Communication } from './communication.js'
import { communicationObject } from './communication_object.js'
import { compile } from './content/compile.js'
import { starter } from './content/starter.js'
import { macroList } from './content/macro_list.js'
import { typedContent } from './draft_typed.js'
import { inWords } from './problems_in_words.js'

/** The page on which a mail is written, beside its preview. */
export default class ContentsController {
  async edit(ctx: HttpContext) {
    return page(ctx, await communicationOf(idParam(ctx, 'id')))
  }

  async update(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    const reader = readerOf(ctx)
    try {
      const values = typedContent(ctx.request.all(), reader)
      await transaction((trx) => edit(communicationObject, id, values, actorOf(ctx), trx))
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return page(ctx, { ...(await communicationOf(id)), ...ctx.request.only(['subject', 'preheader', 'link', 'body']) }, error)
    }
    toast(ctx, reader.t('communication.write.saved'))
    return reload(ctx)
  }
}

async function page(ctx: HttpContext, communication: Communication, error?: InvalidFields) {
  const reader = readerOf(ctx)
  const { problems } = await compile(communication, null)
  return ctx.view.render('communication::write', {
    communication: { ...communication, body: communication.body || starter(communication.markup, reader) },
    errors: error ? errorsInWords(error, ctx) : {},
    problems: inWords(problems, reader),
    macros: macroList(reader),
    email: ctx.auth.getUserOrFail().email,
  })
}

function errorsInWords({ errors }: InvalidFields, ctx: HttpContext) {
  const reader = readerOf(ctx)
  return Object.fromEntries(
    Object.entries(errors).map(([field, { code, params }]) => [field, reader.t(`validator.${code}`, params)])
  )
}
