import type { HttpContext } from '@adonisjs/core/http'
import { goTo, NotFound, readerOf, toast } from '#core/http'
import { find, InvalidFields, objects, titles, typed, type Values } from '#core/objects'
import { forgetTotals, formOf, refusedForm, type Form } from '#core/screens'

interface Question {
  /** Key of its heading: `user.buttons.<title>`. */
  title: string
  names: string[]
  action: (id: number) => string
}

/** A page that asks how and why the standing of one customer changes, and comes back to the card. */
export function standingPage({ title, names, action }: Question) {
  const draw = async (ctx: HttpContext, form?: Form) => {
    const { id, reader, object } = await asked(ctx)
    const [called] = await titles(object, [id], reader)
    return ctx.view.render('screens::record_page', {
      title: `${reader.t(`user.buttons.${title}`)}: ${called.title ?? `№ ${id}`}`,
      form: form ?? (await formOf(object, names, {}, reader)),
      action: action(id),
      back: `/users/${id}`,
    })
  }
  const write = async (ctx: HttpContext, change: (id: number, values: Values) => Promise<void>) => {
    const { id, reader, object } = await asked(ctx)
    const sent = ctx.request.only(names)
    try {
      await change(id, typed(object, names, sent, reader))
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return draw(ctx, await refusedForm(object, names, sent, error, reader))
    }
    forgetTotals(object)
    toast(ctx, reader.t('core.saved'))
    return goTo(ctx, `/users/${id}`)
  }
  return { draw, write }
}

async function asked(ctx: HttpContext) {
  const object = objects.get('user')
  const reader = readerOf(ctx)
  const found = await find(object, ctx.params.id, reader, ['id'])
  if (!found) throw new NotFound()
  return { id: found.id, reader, object }
}
