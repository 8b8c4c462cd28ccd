import { may } from '#core/access'
import { hidden, labelOf, nameOf, objects, titles, worded, type Button, type Field, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { cellOf, type Cell, type Onlooker } from '../table/cell.js'
import { addressOf } from './address_of.js'
import { hiddenFields } from './look.js'
import { headTabsOf, tabsOf } from './tabs.js'

export interface Fact {
  id: string
  name: string
  label: string
  cell: Cell
  /** Address of its input, where the person may change it. */
  edit?: string
  wide: boolean
}

/** The card of a row (F6): its head, and the names of the parts that load when they are looked at. */
export async function drawCard(object: ObjectDefinition, values: Values & { id: number }, onlooker: Onlooker) {
  const { reader, staff } = onlooker
  const [named] = await titles(object, [values.id], reader)
  const title = named?.title || `№ ${values.id}`
  const isNumber = title.startsWith('№ ')
  const closed = isClosed(object, values)
  const mayDelete = !closed && Boolean(object.verbs?.remove) && may(staff, 'delete', object.name)
  return {
    id: values.id,
    name: object.name,
    address: addressOf(object, values.id),
    /** A bare number says nothing in the head of a page, nor in the name of a window. */
    title: isNumber ? `${nameOf(object, 'one', reader)} ${title}` : title,
    back: object.path && { href: `/${object.path}`, label: reader.t(`${object.name}.many`) },
    titled: !isNumber,
    headTabs: headTabsOf(object, values.id, onlooker),
    tabs: tabsOf(object, values.id, onlooker),
    ...placed(object.buttons.filter(offered(object, values, onlooker)).map((button) => drawnButton(object, button, values.id, onlooker)), mayDelete),
    closed: closed && reader.t(`${object.name}.closed`),
    edit: !closed && may(staff, 'edit', object.name) && object.card.some((name) => writable(objects.field(object, name), reader)) ? `${addressOf(object, values.id)}/edit` : undefined,
    /** Where its personal data is shown, to those who see it row by row. */
    reveal: may(staff, 'reveal', object.name) && hiddenFields(object, reader).length ? `${addressOf(object, values.id)}/revelations` : undefined,
    mayDelete,
  }
}

/** As many stand beside the title on one line with it; of more, all but the next step open from a menu. */
const MOST_BUTTONS = 3

function placed(buttons: ReturnType<typeof drawnButton>[], mayDelete: boolean) {
  if (buttons.length + Number(mayDelete) <= MOST_BUTTONS) return { buttons, menu: [] }
  return { buttons: buttons.filter(({ primary }) => primary), menu: buttons.filter(({ primary }) => !primary) }
}

export function factOf(object: ObjectDefinition, name: string, values: Values & { id: number }, onlooker: Onlooker): Fact {
  const field = objects.field(object, name)
  const editable = !isClosed(object, values) && may(onlooker.staff, 'edit', object.name) && writable(field, onlooker.reader)
  return {
    id: `fact-${object.name}-${values.id}-${name}`,
    name,
    label: labelOf(field, onlooker.reader),
    cell: cellOf(field, values[name], onlooker),
    edit: editable ? `${addressOf(object, values.id)}/fields/${name}` : undefined,
    wide: field.format === 'multiline' || field.format === 'code',
  }
}

const isClosed = ({ closed }: ObjectDefinition, values: Values) => closed?.(values) ?? false

/** Nobody writes over what they cannot see. */
export const writable = (field: Field, reader: Reader) => !field.readonly && !field.fixed && !hidden(field, reader)

const offered = (object: ObjectDefinition, values: Values, { staff }: Onlooker) => ({ right, when }: Button) =>
  may(staff, right, object.name) && (when?.(values) ?? true)

function drawnButton(object: ObjectDefinition, button: Button, id: number, { reader }: Onlooker) {
  return {
    label: reader.t(`${object.name}.buttons.${button.name}`),
    href: button.href?.(id),
    post: button.post?.(id),
    primary: button.primary,
    confirm: button.confirm ? worded(reader, `${object.name}.confirm.${button.name}`) : undefined,
  }
}
