import type { HttpContext } from '@adonisjs/core/http'
import { idParam, readerOf } from '#core/http'
import { InvalidFields } from '#core/objects'
import { communicationOf } from './communication.js'
import { compile } from './content/compile.js'
import { type Draft } from './content/draft.js'
import { escapeHtml } from './content/engine.js'
import { LetterTemplate } from './content/letter.js'
import { samplePerson } from './content/person.js'
import { draftOf } from './draft_typed.js'
import { showForeignHtml } from './foreign_html.js'
import { inWords } from './problems_in_words.js'
import { personOf } from './sending/test_mail_job.js'

/** What a mail will look like before it is saved: for a chosen customer, before those who may see personal data. */
export default class PreviewsController {
  /** As it was saved last. */
  async show(ctx: HttpContext) {
    return preview(ctx, await communicationOf(idParam(ctx, 'id')))
  }

  /** As it stands in the form. */
  async store(ctx: HttpContext) {
    return preview(ctx, await typedDraft(ctx))
  }

  /** What is missing or wrong, for the list beside the form. */
  async checks(ctx: HttpContext) {
    const { problems } = await compile(await typedDraft(ctx), null)
    return ctx.view.render('communication::components/checks', { problems: inWords(problems, readerOf(ctx)) })
  }
}

/** A field that cannot be read as typed is shown as it was. */
async function typedDraft(ctx: HttpContext): Promise<Draft> {
  const communication = await communicationOf(idParam(ctx, 'id'))
  try {
    return draftOf(communication, ctx.request.all(), readerOf(ctx))
  } catch (error) {
    if (error instanceof InvalidFields) return communication
    throw error
  }
}

async function preview(ctx: HttpContext, draft: Draft) {
  const { content } = await compile(draft, null)
  const customer = Number(ctx.request.input('customer'))
  const reader = readerOf(ctx)
  const known = reader.knows('user') && Number.isSafeInteger(customer) && customer > 0
  const person = (known && (await personOf(customer, reader))) || samplePerson
  try {
    const letter = { address: person.email ?? '', token: '', unsubscribeLink: '#' }
    return showForeignHtml(ctx, new LetterTemplate(content).fill(person, letter).html)
  } catch (error) {
    return showForeignHtml(ctx, `<p>${escapeHtml((error as Error).message)}</p>`)
  }
}
