import type { HttpContext } from '@adonisjs/core/http'
import { isFragment, listSent, sentencesOf } from '#core/http'
import { InvalidFields, integer, labelOf, MANY, show } from '#core/objects'
import { inputOf, listAddress, onlookerOf } from '#core/screens'
import { fieldsOf } from '../actions.js'
import { preview } from '../preview.js'
import { type Asked } from './asked.js'
import { chosenField } from './change_asked.js'

/** The dialog of one action: how many rows it will meet, how the first are called, what they will become. */
export async function drawRequest(ctx: HttpContext, asked: Asked, refused = new InvalidFields({})) {
  const { object, view, action, selection } = asked
  const { reader } = onlookerOf(ctx)
  const { count, samples } = await preview(object, selection, reader)
  const field = chosenField(ctx, asked)
  const [value = ''] = listSent(ctx, 'value')
  const { filterText, folder, search } = view
  return ctx.view.render(isFragment(ctx) ? 'bulk::components/dialog' : 'bulk::create', {
    title: action.label,
    object,
    action,
    count,
    countInWords: show(integer(), count, reader),
    samples,
    typed: count >= MANY,
    fields: fieldsOf(action, object, reader).map((one) => ({ name: one.name, label: labelOf(one, reader), chosen: one === field })),
    input: field && inputNamed(await inputOf(field, { value, error: refused.errors[field.name] }, reader)),
    errors: sentencesOf(refused, reader),
    words: [
      ...Object.entries({ filter: filterText, folder: folder?.id, search, all: selection.ids ? undefined : '1' }).filter(([, said]) => said),
      ...(selection.ids ?? []).map((id) => ['ids', id]),
    ],
    back: listAddress(view),
  })
}

/** An input by another name than its field's: that might be one of the words of the form. */
function inputNamed(input: Awaited<ReturnType<typeof inputOf>>) {
  return { ...input, name: 'value', attributes: { ...input.attributes, name: 'value' } }
}
