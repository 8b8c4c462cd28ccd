import { objects, type ObjectDefinition } from '#core/objects'
import { menu } from './boot.js'
import { menuGroups, type MenuGroup } from './menu.js'

/** Objects by the groups of the main menu, in its order; a group without objects is left out. */
export function inGroups(all: ObjectDefinition[]) {
  return [...menuGroups, undefined]
    .map((group) => ({ group, objects: all.filter((object) => groupOf(object) === group).sort(byMenu) }))
    .filter((one) => one.objects.length > 0)
}

/** The group of an object's own entry, else that of what its rows belong to; none where neither is in the menu. */
export function groupOf(object: ObjectDefinition, asked: string[] = []): MenuGroup | undefined {
  const entry = entryOf(object)
  if (entry) return entry.group
  const owners = [...object.fields.values()].filter(({ to, inverse }) => to && inverse && ![object.name, ...asked].includes(to))
  const groups = owners.map(({ to }) => groupOf(objects.get(to!), [...asked, object.name]))
  return groups.find(Boolean)
}

const entryOf = (object: ObjectDefinition) => menu.find((entry) => entry.object === object.name)

/** As the menu has them; what has no entry follows. */
function byMenu(one: ObjectDefinition, other: ObjectDefinition) {
  return placeOf(one) - placeOf(other)
}

function placeOf(object: ObjectDefinition) {
  const place = menu.findIndex((entry) => entry.object === object.name)
  return place < 0 ? menu.length : place
}
