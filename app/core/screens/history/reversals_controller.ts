import type { HttpContext } from '@adonisjs/core/http'
import { row, sql, transaction } from '#core/database'
import { actorOf, goTo, isFragment, NotFound, sentencesOf, toast, trigger } from '#core/http'
import { edit, find, InvalidFields, labelOf, plain, typed, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { addressOf } from '../card/address_of.js'
import { opensAsCard } from '../card/head_form.js'
import { writtenValue } from '../forms/form.js'
import { forgetTotals } from '../list/total.js'
import { locked } from '../record/locked.js'
import { unseenChanges } from '../record/unseen_changes.js'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { drawHistory } from './histories_controller.js'
import { partsOf, revertible, type Entry } from './history_of.js'

/** The old values of one change are written back, by all rules of a write. */
export default class ReversalsController {
  async store(ctx: HttpContext) {
    const object = objectOf(ctx)
    const onlooker = onlookerOf(ctx)
    const { reader } = onlooker
    const values = await find(object, ctx.params.id, reader)
    const entry = values && (await entryOf(object, values.id, ctx.params.entry))
    if (!values || !entry) throw new NotFound()

    const names = revertible(object, entry, onlooker)
    const { before = {}, after = {} } = entry.changes
    const parts = partsOf(object, entry, onlooker)
    const former = formerOf(object, names, entry, reader)
    const sent = { ...ctx.request.all(), ...former }
    let unseen: InvalidFields | undefined
    try {
      if (!names.length && !parts.length) throw InvalidFields.at('id', 'noLongerWritten')
      const changes = typed(object, names, former, reader)
      await transaction(async (trx) => {
        unseen = await unseenChanges({ object, names, values: await locked({ object, values, reader }, trx), sent, reader })
        if (unseen) throw unseen
        if (names.length) await edit(object, values.id, changes, actorOf(ctx), trx)
        if (parts.length) await object.history!.revert(values.id, { before, after }, { actor: actorOf(ctx), reader, trx })
      })
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(error === unseen ? 409 : 422)
      return drawHistory(ctx, told(error, object, reader))
    }
    forgetTotals(object)
    if (!isFragment(ctx)) return goTo(ctx, opensAsCard(object) ? `${addressOf(object, values.id)}?head=history` : `${addressOf(object, values.id)}/history`)
    toast(ctx, reader.t('history.reverted'))
    trigger(ctx, { [`${object.name}:changed`]: true })
    return drawHistory(ctx)
  }
}

function entryOf(object: ObjectDefinition, id: number, entry: string) {
  if (!/^[1-9]\d{0,14}$/.test(entry)) return undefined
  return row<Entry>(
    sql`select id, action, changes from audit_log where id = ${Number(entry)} and object = ${object.name} and record_id = ${id}`
  )
}

/** As a form would send them: what cannot be typed any more is refused in the same words. */
function formerOf(object: ObjectDefinition, names: string[], { changes }: Entry, reader: Reader): Record<string, string> {
  const before: Values = changes.before ?? {}
  return Object.fromEntries(names.map((name) => [name, writtenValue(object, name, before[name], { ...plain, timezone: reader.timezone })]))
}

function told(error: InvalidFields, object: ObjectDefinition, reader: Reader): string {
  const sentences = Object.entries(sentencesOf(error, reader)).map(([name, words]) => {
    const field = name === 'id' ? undefined : object.fields.get(name)
    return field ? `${labelOf(field, reader)}: ${words}` : words
  })
  return sentences.join(' ')
}
