import type { HttpContext } from '@adonisjs/core/http'
import { row, sql } from '#core/database'
import { actorOf, goTo, NotFound, readerOf } from '#core/http'
import { find, InvalidFields, objects, titles, typed, type Reader } from '#core/objects'
import { formOf, refusedForm, type Form } from '#core/screens'
import { canonicalUser } from './canonical.js'

/** Two customers of whom a member of staff says that they are one: compared side by side before anything is done. */
export default class PairsController {
  async create(ctx: HttpContext) {
    const reader = readerOf(ctx)
    return draw(ctx, await formOf(objects.get('user_merge'), ['merged'], {}, reader), reader)
  }

  async store(ctx: HttpContext) {
    const reader = readerOf(ctx)
    const merges = objects.get('user_merge')
    const sent = ctx.request.only(['merged'])
    try {
      const other = await canonicalUser(Number(typed(merges, ['merged'], sent, reader).merged))
      if (!other || other === ctx.params.id) throw InvalidFields.at('merged', 'reference')
      return goTo(ctx, `/duplicates/${await pair(ctx.params.id, other, actorOf(ctx).staffId)}`)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return draw(ctx, await refusedForm(merges, ['merged'], sent, error, reader), reader)
    }
  }
}

async function pair(one: number, other: number, staffId: number | null): Promise<number> {
  const made = await row<{ id: number }>(
    sql`insert into user_duplicates (user_id, other_id, reason, staff_id)
      values (${Math.min(one, other)}, ${Math.max(one, other)}, 'by_hand', ${staffId})
      on conflict (user_id, other_id) do update set state = 'open', updated_at = now() returning id`
  )
  return made!.id
}

async function draw(ctx: HttpContext, form: Form, reader: Reader) {
  const user = objects.get('user')
  if (!(await find(user, ctx.params.id, reader, ['id']))) throw new NotFound()
  const [called] = await titles(user, [ctx.params.id], reader)
  return ctx.view.render('screens::record_page', {
    title: `${reader.t('user.buttons.merge')}: ${called.title ?? `№ ${ctx.params.id}`}`,
    form: { ...form, inputs: form.inputs.map((input) => ({ ...input, label: reader.t('user_merge.with') })) },
    action: `/users/${ctx.params.id}/pairs`,
    back: `/users/${ctx.params.id}`,
  })
}
