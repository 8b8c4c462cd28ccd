import { may } from '#core/access'
import { columnOf, hidden, labelOf, labelOfColumn, nameOf, objects, type Field, type ObjectDefinition } from '#core/objects'
import { listSettings } from '../list/list_settings.js'
import { type Onlooker } from '../table/cell.js'
import { shownColumns } from './shown_columns.js'

interface ColumnOption {
  name: string
  label: string
  /** Personal data that this person may not see: the column would be empty. */
  hidden: boolean
}

/** What the dialog offers: the columns shown, in their order, and by groups those that could be. */
export async function columnChoice(object: ObjectDefinition, onlooker: Onlooker) {
  const liked = await listSettings(object, onlooker.staff.id)
  const shown = shownColumns(object, liked.columns, onlooker.staff)
  const option = (name: string): ColumnOption => ({
    name,
    label: labelOfColumn(object, name, onlooker.reader),
    hidden: hidden(columnOf(object, name), onlooker.reader),
  })
  const groups = [ownGroup(object, onlooker), ...farGroups(object, onlooker)]
  return {
    shown: shown.map(option),
    groups: groups
      .map(({ label, names }) => ({ label, columns: names.filter((name) => !shown.includes(name)).map(option) }))
      .filter(({ columns }) => columns.length),
    dense: liked.dense ?? false,
  }
}

function ownGroup(object: ObjectDefinition, { reader }: Onlooker) {
  return { label: nameOf(object, 'one', reader), names: [...object.fields.values()].filter(shows).map(({ name }) => name) }
}

/** One step along each reference to an object that the person may read. */
function farGroups(object: ObjectDefinition, { staff, reader }: Onlooker) {
  return [...object.fields.values()]
    .filter(({ to }) => to && may(staff, 'read', to))
    .map((field) => ({
      label: labelOf(field, reader),
      names: [...objects.get(field.to!).fields.values()].filter(shows).filter(({ name }) => name !== 'id').map(({ name }) => `${field.name}.${name}`),
    }))
}

const shows = ({ secret }: Field) => !secret
