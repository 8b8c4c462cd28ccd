import { transaction } from '#core/database'
import { edit, InvalidFields, typed, type Actor } from '#core/objects'
import { refusedForm, type Form } from '../forms/form.js'
import { forgetTotals } from '../list/total.js'
import { locked } from './locked.js'
import { meant, unseenChanges, type Write } from './unseen_changes.js'

/** A form that was not written: as it was sent, with what is wrong or has changed meanwhile at its fields. */
export interface Refused {
  status: 409 | 422
  form: Form
}

/** Writes what a form means to change; answers what must be asked of the person first, or nothing. */
export async function writeTyped(write: Write, actor: Actor): Promise<Refused | undefined> {
  const { object, names, sent, reader } = write
  let status: Refused['status'] = 422
  try {
    const wanted = meant(write)
    const changes = typed(object, wanted, sent, reader)
    await transaction(async (trx) => {
      const unseen = await unseenChanges({ ...write, names: wanted, values: await locked(write, trx) })
      if (unseen) {
        status = 409
        throw unseen
      }
      await edit(object, write.values.id, changes, actor, trx)
    })
    forgetTotals(object)
    return undefined
  } catch (error) {
    if (!(error instanceof InvalidFields)) throw error
    return { status, form: await refusedForm(object, names, sent, error, reader) }
  }
}
