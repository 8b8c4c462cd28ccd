import { outdateRoles, refreshRoles, rightsOf } from '#core/access'
import { row, sql } from '#core/database'
import { InvalidFields, nameOf, objects, worded, type HistoryPart, type Right, type Values } from '#core/objects'
import { changedAt, saveRights, type Ticks } from './save_rights.js'

/** What a role may do, section by section, in the words of the matrix. */
export const rightsHistory: HistoryPart = {
  names: () => objects.all().map(({ name }) => name),
  label: (name, reader) => nameOf(objects.get(name), 'many', reader),
  words: (listed, reader) => rightsIn(listed).map((right) => worded(reader, `rights.names.${right}`) ?? right).join(', ') || '—',
  right: 'edit',
  async revert(id, { before, after }, { actor, trx }) {
    const role = await row<{ id: number; code: string; builtin: boolean }>(sql`select id, code, builtin from roles where id = ${id}`, trx)
    outdateRoles()
    await refreshRoles()
    for (const [name, ticked] of Object.entries(after)) {
      if (!objects.has(name)) throw InvalidFields.at('id', 'noLongerWritten')
      if (!same(rightsOf(role!.code, objects.get(name)), rightsIn(ticked))) throw InvalidFields.at('id', 'changedSince')
    }
    await saveRights(role!, ticksOf(before), await changedAt(id, trx), actor, trx)
  },
}

const ticksOf = (rights: Values): Ticks => new Map(Object.entries(rights).map(([name, listed]) => [name, rightsIn(listed)]))

const rightsIn = (listed: unknown) => String(listed).split(' ').filter(Boolean) as Right[]

const same = (one: readonly Right[], other: readonly Right[]) => [...one].sort().join() === [...other].sort().join()
