import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { row, sql } from '#core/database'
import { actorOf, goTo, readerOf } from '#core/http'
import { InvalidFields, objects, titles, typed, type Reader } from '#core/objects'
import { formOf, refusedForm, type Form } from '#core/screens'
import { canonicalUser } from './canonical.js'

/** Two customers of whom a member of staff says that they are one: compared side by side before anything is done. */
export default class PairsController {
  async create(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'user')
    const reader = readerOf(ctx)
    return draw(ctx, id, await formOf(objects.get('user_merge'), ['merged'], {}, reader), reader)
  }

  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'user')
    const reader = readerOf(ctx)
    const merges = objects.get('user_merge')
    const sent = ctx.request.only(['merged'])
    try {
      const other = await canonicalUser(Number(typed(merges, ['merged'], sent, reader).merged))
      if (!other || other === id) throw InvalidFields.at('merged', 'reference')
      return goTo(ctx, `/duplicates/${await pair(id, other, actorOf(ctx).staffId)}`)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return draw(ctx, id, await refusedForm(merges, ['merged'], sent, error, reader), reader)
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

async function draw(ctx: HttpContext, id: number, form: Form, reader: Reader) {
  const [called] = await titles(objects.get('user'), [id], reader)
  return ctx.view.render('screens::record_page', {
    title: `${reader.t('user.buttons.merge')}: ${called.title ?? `№ ${id}`}`,
    form: { ...form, inputs: form.inputs.map((input) => ({ ...input, label: reader.t('user_merge.with') })) },
    action: `/users/${id}/pairs`,
    back: `/users/${id}`,
  })
}
