import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, NotFound } from '#core/http'
import { find, objects, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { formOf } from '../forms/form.js'
import { seenOf } from '../record/unseen_changes.js'
import { writeTyped } from '../record/write_typed.js'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { type Onlooker } from '../table/cell.js'
import { factOf } from './draw_card.js'

/** One field of a card, changed in place (F8). */
export default class FieldsController {
  async show(ctx: HttpContext) {
    const asked = await fieldOf(ctx)
    return drawn(ctx, asked)
  }

  async edit(ctx: HttpContext) {
    const { object, name, values, reader, fact } = await editable(ctx)
    const form = await formOf(object, [name], values, reader)
    return ctx.view.render('screens::components/fact_form', { fact, form, seen: seenOf(object, [name], values, reader) })
  }

  async update(ctx: HttpContext) {
    const { object, name, values, reader, fact } = await editable(ctx)
    const sent = ctx.request.only([name, `seen-${name}`, `keep-${name}`])
    const refused = await writeTyped({ object, names: [name], values, sent, reader }, actorOf(ctx))
    if (refused) {
      ctx.response.status(refused.status)
      return ctx.view.render('screens::components/fact_form', { fact, form: refused.form, seen: seenOf(object, [name], values, reader) })
    }
    return drawn(ctx, await fieldOf(ctx))
  }
}

interface Asked {
  object: ObjectDefinition
  name: string
  values: Values & { id: number }
  reader: Reader
  onlooker: Onlooker
}

async function fieldOf(ctx: HttpContext): Promise<Asked> {
  const object = objectOf(ctx)
  const onlooker = onlookerOf(ctx)
  const { name } = objects.field(object, ctx.params.field)
  const values = await find(object, ctx.params.id, onlooker.reader)
  if (!values) throw new NotFound()
  return { object, name, values, onlooker, reader: onlooker.reader }
}

/** A field that is computed, or written once for all, has no input, whatever an address says. */
async function editable(ctx: HttpContext) {
  const asked = await fieldOf(ctx)
  const fact = factOf(asked.object, asked.name, asked.values, asked.onlooker)
  if (!fact.edit) throw new NotFound()
  return { ...asked, fact }
}

function drawn(ctx: HttpContext, { object, name, values, onlooker }: Asked) {
  return ctx.view.render('screens::components/fact', { fact: factOf(object, name, values, onlooker) })
}
