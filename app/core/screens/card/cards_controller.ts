import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { type Group } from '#core/filters'
import { goTo, NotFound, readerOf, toast } from '#core/http'
import { find, knownNowAs, type ObjectDefinition } from '#core/objects'
import { remember } from '#core/search'
import { onlookerOf, sectionOf } from '../section/object_of.js'
import { type Onlooker } from '../table/cell.js'
import { cardPage } from './card_page.js'

/** The card of a row (F6). */
export default class CardsController {
  async show(ctx: HttpContext) {
    const object = sectionOf(ctx)
    const onlooker = onlookerOf(ctx)
    const values = await find(object, ctx.params.id, onlooker.reader)
    if (!values && !object.small) return toWhoItIsNow(ctx, object)
    if (!values) throw new NotFound()
    if (object.small) return goTo(ctx, smallAddress(object, values.id, onlooker))
    await remember(onlooker.staff.id, { object: object.name, id: values.id })
    return cardPage(ctx, object, values, onlooker)
  }
}

/** A small thing has no card: its address leads to its edit window, and whoever may not edit it finds it in the list. */
function smallAddress({ path, name }: ObjectDefinition, id: number, { staff }: Onlooker) {
  if (may(staff, 'edit', name)) return `/${path}/${id}/edit`
  const alone: Group = { logic: 'and', of: [{ field: 'id', operator: 'equal', value: [String(id)] }] }
  return `/${path}?filter=${encodeURIComponent(JSON.stringify(alone))}`
}

/** An address that was written down before a merge still leads to the row. */
async function toWhoItIsNow(ctx: HttpContext, object: ObjectDefinition) {
  const now = await knownNowAs(object, ctx.params.id)
  if (!now) throw new NotFound()
  toast(ctx, readerOf(ctx).t('core.card.merged', { was: ctx.params.id, now }))
  return goTo(ctx, `/${object.path}/${now}`)
}
