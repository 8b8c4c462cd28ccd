import { may } from '#core/access'
import { rows } from '#core/database'
import { idsPointedAt, objects, select, worded, type ObjectDefinition, type Relation, type Values } from '#core/objects'
import { cellOf, type Cell, type Onlooker } from '../table/cell.js'
import { pointing } from './detail.js'
import { factOf, type Fact } from './draw_card.js'
import { relationLabel } from './tabs.js'

export interface Head {
  groups: { label?: string; facts: Fact[] }[]
  badges: { label: string; cells: Cell[]; more: boolean }[]
}

const MOST_BADGES = 8

/** The head of a card: its facts, in groups where the object has any, and what it belongs to. */
export async function drawHead(object: ObjectDefinition, values: Values & { id: number }, onlooker: Onlooker, writer = onlooker): Promise<Head> {
  const facts = object.card.map((name) => ({
    ...factOf(object, name, values, onlooker),
    /** What is open to be read is not thereby open to be written. */
    edit: factOf(object, name, values, writer).edit,
  }))
  const badged = objects.relations(object).filter(({ field }) => field.inverse!.badges)
  const readable = badged.filter((relation) => may(onlooker.staff, 'read', relation.object.name))
  return {
    groups: grouped(object, facts, onlooker),
    badges: await Promise.all(readable.map((relation) => badgesOf(object, values.id, relation, onlooker))),
  }
}

/** In a narrow column there is room for one fact a line; facts of no group stand in a grid of their own, at the end. */
function grouped({ name: object, groups = {} }: ObjectDefinition, facts: Fact[], { reader }: Onlooker): Head['groups'] {
  const named = Object.entries(groups).map(([name, names]) => ({
    label: worded(reader, `${object}.groups.${name}`) ?? name,
    facts: facts.filter((fact) => names.includes(fact.name)),
  }))
  const inGroups = Object.values(groups).flat()
  const others = facts.filter((fact) => !inGroups.includes(fact.name))
  return [...named, { facts: others }].filter((group) => group.facts.length)
}

async function badgesOf(owner: ObjectDefinition, id: number, relation: Relation, onlooker: Onlooker) {
  const { object, field } = relation
  const name = field.inverse!.badges!
  const found = await rows<Values>(
    select(object, { reader: onlooker.reader, columns: [name], where: pointing(field, await idsPointedAt(field, id)), limit: MOST_BADGES + 1 })
  )
  return {
    label: relationLabel(owner, relation, onlooker.reader),
    cells: found.slice(0, MOST_BADGES).map((row) => cellOf(objects.field(object, name), row[name], onlooker)),
    more: found.length > MOST_BADGES,
  }
}
