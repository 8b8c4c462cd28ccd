import type { HttpContext } from '@adonisjs/core/http'
import { describe } from '#core/filters'
import { actorOf, Forbidden, goTo, isFragment, isHtmx, listSent, NotFound, readerOf, sentenceOf, trigger } from '#core/http'
import { InvalidFields, InvalidValue, labelOf, nameOf, objects, titles, typedValue, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { inputOf, listAddress, listView, onlookerOf, sectionOf, withWords, type ListView } from '#core/screens'
import { actionsOf, changeableFields, mayDo, type Action } from '../actions.js'
import { findBulk, type FieldChange, type Selection } from '../bulk_run.js'
import { preview } from '../preview.js'
import { requestBulk } from '../request_bulk.js'
import { drawBulk } from './draw_bulk.js'

/** Above so many rows the number is typed, so that nobody changes a million by a slip. */
const TYPED_ABOVE = 10_000

/** One action on the rows that were chosen in a list: what it will do is shown before it is done. */
export default class BulkController {
  async create(ctx: HttpContext) {
    const asked = await askedIn(ctx, ctx.request.qs())
    if (asked.action.name === 'export') return ctx.response.redirect().toPath(exportOf(asked))
    return drawn(ctx, asked, {})
  }

  async store(ctx: HttpContext) {
    const asked = await askedIn(ctx, ctx.request.all())
    const { object, action, selection } = asked
    if (action.name === 'export') throw new NotFound()
    const { reader, staff } = onlookerOf(ctx)
    const { count } = await preview(object, selection, reader)
    try {
      if (!count) throw InvalidFields.at('count', 'required')
      if (count > TYPED_ABOVE && typedNumber(ctx) !== count) throw InvalidFields.at('count', 'bulkCount', { count })
      const change = action.name === 'edit' ? changeIn(ctx, asked) : undefined
      const words = await inWords(ctx, asked, change)
      const title = `${nameOf(object, 'many', reader)}. ${action.label}`
      const id = await requestBulk(object, { action: action.name, change, selection, title, words }, actorOf(ctx))
      if (!isHtmx(ctx)) return goTo(ctx, `/bulk-runs/${id}`)
      trigger(ctx, { watch: { address: `/bulk-runs/${id}/state` } })
      return ctx.view.render('bulk::components/started', { bulk: drawBulk((await findBulk(id))!, { reader, staff }) })
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return drawn(ctx, asked, error.errors)
    }
  }
}

interface Asked {
  object: ObjectDefinition
  view: ListView
  action: Action
  selection: Selection
}

async function askedIn(ctx: HttpContext, words: Record<string, unknown>): Promise<Asked> {
  const object = sectionOf(ctx)
  const onlooker = onlookerOf(ctx)
  const view = await listView(object, words, onlooker)
  const action = actionsOf(object, onlooker.reader).find(({ name }) => name === words.action)
  if (!action || view.refused) throw new NotFound()
  if (!mayDo(action, object, onlooker.staff)) throw new Forbidden()
  const ids = words.all === '1' ? undefined : [...new Set(listSent(ctx, 'ids'))].filter((id) => /^[1-9]\d{0,14}$/.test(id)).map(Number)
  return { object, view, action, selection: { ids, filter: view.filter, search: view.search } }
}

/** Ticked rows are a filter by their ids; all that match are the list itself. */
function exportOf({ object, view, selection }: Asked) {
  const { filterText, folder, search, sort } = view
  const ticked = selection.ids && JSON.stringify({ logic: 'and', of: [{ field: 'id', operator: 'in', value: selection.ids.map(String) }] })
  const words = ticked ? { filter: ticked, sort } : { filter: filterText, folder: folder?.id, search, sort }
  return withWords(`/exports/${object.path}/create`, words)
}

function typedNumber({ request }: HttpContext) {
  const [typed = ''] = listSent({ request }, 'count')
  return Number(typed.replace(/[\s\u00a0\u202f.,]/g, ''))
}

/** Throws `InvalidFields` at the field. */
function changeIn(ctx: HttpContext, { object }: Asked): FieldChange {
  const field = chosenField(ctx, object)
  if (!field) throw InvalidFields.at('field', 'required')
  try {
    return { field: field.name, value: typedValue(field, ctx.request.input('value'), readerOf(ctx)) }
  } catch (error) {
    if (error instanceof InvalidValue) throw new InvalidFields({ [field.name]: error })
    throw error
  }
}

function chosenField(ctx: HttpContext, object: ObjectDefinition): Field | undefined {
  const name = ctx.request.input('field')
  return changeableFields(object, readerOf(ctx)).find((field) => field.name === name)
}

/** "Change of Status to “Blocked”: customers where City is “Riga”", as its page tells it. */
async function inWords(ctx: HttpContext, { object, action, selection, view }: Asked, change?: FieldChange) {
  const reader = readerOf(ctx)
  const what = change ? await changeInWords(object.fields.get(change.field)!, change.value, reader) : action.label
  const which = selection.ids
    ? reader.t('bulk.ticked', { count: selection.ids.length })
    : [await describe(view.filter, object, reader), view.search && `“${view.search}”`].filter(Boolean).join('; ')
  return `${nameOf(object, 'many', reader)}. ${what}: ${which}`
}

async function changeInWords(field: Field, value: unknown, reader: Reader) {
  const shown = field.to && value ? (await titles(objects.get(field.to), [value as number], reader))[0] : value
  const text = shown === null || shown === undefined ? '—' : field.type.show(shown as never, field, reader)
  return reader.t('bulk.changeOf', { field: labelOf(field, reader), value: text.slice(0, 100) })
}

async function drawn(ctx: HttpContext, asked: Asked, errors: Record<string, InvalidValue>) {
  const { object, view, action, selection } = asked
  const onlooker = onlookerOf(ctx)
  const { reader } = onlooker
  const { count, samples } = await preview(object, selection, reader)
  const field = action.name === 'edit' ? chosenField(ctx, object) : undefined
  const [value = ''] = listSent(ctx, 'value')
  const { filterText, folder, search } = view
  return ctx.view.render(isFragment(ctx) ? 'bulk::components/dialog' : 'bulk::create', {
    title: action.label,
    object,
    action,
    count,
    countInWords: new Intl.NumberFormat(reader.locale).format(count),
    samples,
    typed: count > TYPED_ABOVE,
    fields: action.name === 'edit' ? changeableFields(object, reader).map((one) => ({ name: one.name, label: labelOf(one, reader), chosen: one === field })) : [],
    input: field && inputNamed(await inputOf(field, { value, error: errors[field.name] }, reader)),
    errors: Object.fromEntries(Object.entries(errors).map(([name, error]) => [name, sentenceOf(error, reader)])),
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
