import { grantableRights, offeredRights, rightsOf, type Role } from '#core/access'
import { inGroups } from '#core/modules'
import { nameOf, objects, rights, worded, type ObjectDefinition, type Reader, type Right } from '#core/objects'
import { type Ticks } from './save_rights.js'

/** One tick of the matrix; `none`: the right means nothing here; `reserved`: administrators alone have it. */
interface Tick {
  right: Right
  label: string
  state: 'ticked' | 'free' | 'none' | 'reserved'
}

/** What a role may do, as a table of objects and rights; `ticks` are shown instead of what is stored. */
export function matrixOf(role: Role, reader: Reader, ticks?: Ticks) {
  const shown = objects.all().filter((object) => offeredRights(object).length > 0)
  const columns = rights.filter((right) => shown.some((object) => offeredRights(object).includes(right)))
  return {
    columns: columns.map((right) => ({ right, label: rightLabel(right, reader), meaning: reader.t(`rights.meanings.${right}`) })),
    groups: inGroups(shown).map((one) => ({
      label: reader.t(one.group ? `menu.${one.group}` : 'rights.otherObjects'),
      rows: one.objects.map((object) => rowOf(object, columns, role, reader, ticks)),
    })),
  }
}

function rowOf(object: ObjectDefinition, columns: Right[], role: Role, reader: Reader, ticks?: Ticks) {
  const has = ticks?.get(object.name) ?? rightsOf(role.code, object)
  const tick = (right: Right, label: string): Tick => ({ right, label, state: stateOf(object, right, role, has) })
  return {
    name: object.name,
    label: nameOf(object, 'many', reader),
    ticks: columns.map((right) => tick(right, rightLabel(right, reader))),
    actions: (object.actions ?? []).map((right) => tick(right, worded(reader, `${object.name}.actions.${right}`) ?? right)),
  }
}

function stateOf(object: ObjectDefinition, right: Right, role: Role, has: readonly Right[]): Tick['state'] {
  if (!offeredRights(object).includes(right)) return 'none'
  if (role.code !== 'administrator' && !grantableRights(object).includes(right)) return 'reserved'
  return has.includes(right) ? 'ticked' : 'free'
}

const rightLabel = (right: Right, reader: Reader) => reader.t(`rights.names.${right}`)
