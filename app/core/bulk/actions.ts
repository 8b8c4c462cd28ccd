import { may, type RightsHolder } from '#core/access'
import { hidden, objects, type BulkAction, type Field, type ObjectDefinition, type Reader } from '#core/objects'

/** What a person may do with many rows of an object at once. */
export interface Action extends Pick<BulkAction, 'name' | 'right' | 'icon' | 'also' | 'asks'> {
  /** Of its button. */
  label: string
  tone?: 'danger'
}

interface Person {
  staff: RightsHolder
  reader: Reader
}

export function actionsFor(object: ObjectDefinition, { staff, reader }: Person): Action[] {
  return actionsOf(object, reader).filter((action) => mayDo(action, object, staff))
}

export function mayDo({ right, also }: Action, object: ObjectDefinition, staff: RightsHolder): boolean {
  return may(staff, right, object.name) && (!also || may(staff, also.right, also.object))
}

/** What anybody may do with many rows of it. */
export function actionsOf(object: ObjectDefinition, reader: Reader): Action[] {
  const edit: Action = { name: 'edit', right: 'edit', label: reader.t('bulk.actions.edit'), icon: 'pencil' }
  const remove: Action = { name: 'delete', right: 'delete', label: reader.t('core.delete'), icon: 'trash', tone: 'danger' }
  const take: Action = { name: 'export', right: 'export', label: reader.t('core.export'), icon: 'download' }
  const own = (object.bulk ?? []).map(({ run: _, ...action }) => ({ ...action, label: reader.t(`${object.name}.bulk.${action.name}`) }))
  return [
    ...(changeableFields(object, reader).length ? [edit] : []),
    ...own,
    ...(object.path ? [take] : []),
    ...(object.verbs?.remove ? [remove] : []),
  ]
}

/** Fields of which an action gives one a value; none where it asks for nothing. */
export function fieldsOf({ name, asks }: Action, object: ObjectDefinition, reader: Reader): Field[] {
  if (asks) return [objects.field(objects.get(asks.object), asks.field)]
  return name === 'edit' ? changeableFields(object, reader) : []
}

/** Fields that a change of many rows may set: those of the edit window, but for secrets and what the person may not see. */
export function changeableFields(object: ObjectDefinition, reader: Reader): Field[] {
  return [...object.fields.values()].filter((field) => !field.readonly && !field.fixed && !field.secret && !hidden(field, reader))
}
