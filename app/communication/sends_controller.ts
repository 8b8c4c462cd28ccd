import type { HttpContext } from '@adonisjs/core/http'
import { rows, sql } from '#core/database'
import { actorOf, goTo, idParam, NotFound, readerOf } from '#core/http'
import { DomainError, InvalidFields } from '#core/objects'
import { communicationOf } from './communication.js'
import { compile } from './content/compile.js'
import { typedLaunch } from './launch_typed.js'
import { inWords } from './problems_in_words.js'
import { progress } from './progress_panel.js'
import { launch } from './sending/launch.js'

export default class SendsController {
  /** To whom, how fast, and what to know before. */
  async create(ctx: HttpContext) {
    return page(ctx, {})
  }

  async store(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    try {
      const { timezone } = readerOf(ctx)
      const send = await launch(id, typedLaunch(ctx.request.all()), actorOf(ctx), timezone)
      return goTo(ctx, `/sends/${send}`)
    } catch (error) {
      if (!(error instanceof InvalidFields || error instanceof DomainError)) throw error
      ctx.response.status(422)
      return page(ctx, said(error, ctx))
    }
  }

  /** Where a send stands: the fragment that follows it. */
  async show(ctx: HttpContext) {
    const found = await progress(idParam(ctx, 'id'), readerOf(ctx))
    if (!found.send) throw new NotFound()
    return ctx.view.render('communication::components/progress', found)
  }
}

interface Said {
  errors?: Record<string, string>
  refusal?: string
}

function said(error: InvalidFields | DomainError, ctx: HttpContext): Said {
  const { t } = readerOf(ctx)
  if (error instanceof DomainError) return { refusal: t(`refusals.${error.code}`, error.params) }
  const errors = Object.entries(error.errors).map(([field, { code, params }]) => [field, t(`validator.${code}`, params)])
  return { errors: Object.fromEntries(errors) }
}

async function page(ctx: HttpContext, { errors = {}, refusal }: Said) {
  const communication = await communicationOf(idParam(ctx, 'id'))
  const { problems } = await compile(communication, null)
  return ctx.view.render('communication::send', {
    communication,
    segments: await segments(),
    problems: inWords(problems, readerOf(ctx)),
    blocked: problems.some(({ blocking }) => blocking),
    form: ctx.request.all(),
    errors,
    refusal,
  })
}

/** Those that consist of customers or of addresses of customers. */
async function segments() {
  return rows<{ id: number; name: string; count: number | null }>(
    sql`select id, name, count from segments where active and deleted_at is null and object in ('user', 'identifier')
      order by name limit 500`
  )
}
