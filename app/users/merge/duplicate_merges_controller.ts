import type { HttpContext } from '@adonisjs/core/http'
import { row, sql } from '#core/database'
import { actorOf, goTo, NotFound, readerOf, toast } from '#core/http'
import { hidden, objects } from '#core/objects'
import { forgetTotals } from '#core/screens'
import { mergedFields } from './chosen_values.js'
import { merge } from './merge.js'

/** Two customers were looked at side by side and found to be one. */
export default class DuplicateMergesController {
  async store(ctx: HttpContext) {
    const pair = await row<{ user: number; other: number }>(
      sql`select user_id as user, other_id as other from user_duplicates where id = ${ctx.params.id} and state = 'open'`
    )
    if (!pair) throw new NotFound()
    const sent = ctx.request.all()
    const reader = readerOf(ctx)
    const [into, from] = Number(sent.into) === pair.other ? [pair.other, pair.user] : [pair.user, pair.other]
    /** Of what somebody may not see they choose nothing. */
    const choosable = mergedFields().filter((field) => !hidden(field, reader))
    const taken = choosable.map(({ name }) => name).filter((name) => Number(sent[`field_${name}`]) === from)
    const main = Object.entries(sent).flatMap(([name, value]) => (name.startsWith('main_') ? [Number(value)] : []))
    await merge({ from, into, taken, main: main.filter(Number.isSafeInteger) }, actorOf(ctx))
    for (const name of ['user', 'user_duplicate', 'identifier']) forgetTotals(objects.get(name))
    toast(ctx, reader.t('user_duplicate.merged'))
    return goTo(ctx, `/users/${into}`)
  }
}
