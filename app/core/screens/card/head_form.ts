import type { HttpContext } from '@adonisjs/core/http'
import { goTo, isFragment, readerOf, toast } from '#core/http'
import { find, objects, titles, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { type Form } from '../forms/form.js'
import { seenOf } from '../record/unseen_changes.js'
import { onlookerOf } from '../section/object_of.js'
import { addressOf } from './address_of.js'
import { writable } from './draw_card.js'
import { drawHead } from './draw_head.js'
import { headTabsOf } from './tabs.js'

/** Rows without a card open in a window. */
export const opensAsCard = (object: ObjectDefinition) => Boolean(object.path) && !object.small

/** What is edited at once: of a card its head, of a small thing what was given at creation. */
export function writableOf(object: ObjectDefinition, reader: Reader): string[] {
  const names = opensAsCard(object) ? object.card : (object.create ?? [...object.fields.keys()])
  return names.filter((name) => writable(objects.field(object, name), reader))
}

/** The head of a card with all its inputs open (F8): in its place, or as a page where there is no JavaScript. */
export async function drawHeadForm(ctx: HttpContext, object: ObjectDefinition, values: Values & { id: number }, form: Form) {
  const reader = readerOf(ctx)
  const address = addressOf(object, values.id)
  const [named] = await titles(object, [values.id], reader)
  const view = isFragment(ctx) ? 'screens::components/head_form' : 'screens::head_page'
  return ctx.view.render(view, {
    title: named?.title || `№ ${values.id}`,
    action: address,
    cancel: `${address}/head/general`,
    back: address,
    form,
    seen: seenOf(object, writableOf(object, reader), values, reader),
  })
}

/** The head as it stands after a write, and the title that it may have changed. */
export async function headSaved(ctx: HttpContext, object: ObjectDefinition, id: number) {
  const onlooker = onlookerOf(ctx)
  const { reader } = onlooker
  toast(ctx, reader.t('core.saved'))
  if (!isFragment(ctx)) return goTo(ctx, addressOf(object, id))
  const values = (await find(object, id, reader))!
  const [named] = await titles(object, [id], reader)
  return ctx.view.render('screens::components/saved_head', {
    title: named?.title || `№ ${id}`,
    headTabs: headTabsOf(object, id, onlooker),
    head: await drawHead(object, values, onlooker),
  })
}
