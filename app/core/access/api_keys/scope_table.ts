import { nameOf, objects, rights, type ObjectDefinition, type Reader, type Right } from '#core/objects'
import { scopeOf, scopeRightsOf } from './scopes.js'

const columns = rights.filter((right) => right !== 'reveal')

/** The boxes of a key's scopes: a row an object, a column a right; what only this object has stands at the end of its row. */
export function scopeTable(ticked: string[], reader: Reader) {
  const lines = objects
    .all()
    .map((object) => ({ object, granted: scopeRightsOf(object) }))
    .filter(({ granted }) => granted.length > 0)
    .map(({ object, granted }) => {
      const box = (right: Right, label: string) => {
        const scope = scopeOf(object.name, right)
        return { scope, label, offered: granted.includes(right), ticked: ticked.includes(scope) }
      }
      return {
        label: nameOf(object, 'many', reader),
        boxes: columns.map((right) => box(right, wordOf(right, reader))),
        own: ownRights(object, granted).map((right) => box(right, reader.t(`${object.name}.actions.${right}`))),
      }
    })
  return { columns: columns.map((right) => wordOf(right, reader)), lines: lines.sort((a, b) => a.label.localeCompare(b.label, reader.locale)) }
}

const wordOf = (right: Right, reader: Reader) => reader.t(`rights.names.${right}`)

const ownRights = ({ actions = [] }: ObjectDefinition, granted: readonly Right[]) => actions.filter((action) => granted.includes(action))
