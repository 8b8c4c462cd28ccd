import { may, type Staff } from '#core/access'
import { rows } from '#core/database'
import { isMasked, nameOf, objects, select, table, titles, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { sql } from '#core/database'
import { type Found, type FoundGroup } from './found.js'
import { FEW, findRows, type Row } from './find_rows.js'
import { marked } from './marked.js'
import { type Visit } from './recent.js'

/** Objects looked through at once: each takes a connection. */
const AT_ONCE = 3

/** Rows of every object that this person may read, each by the ways that its declaration names; an object is a group. */
export async function findRecords(typed: string, staff: Staff, reader: Reader): Promise<FoundGroup[]> {
  const waiting = objects.all().filter((object) => findable(object) && may(staff, 'read', object.name))
  const order = waiting.map(({ name }) => name)
  const groups: FoundGroup[] = []
  const look = async () => {
    for (let object = waiting.shift(); object; object = waiting.shift()) {
      const found = await findRows(object, typed, reader)
      if (found.length) groups.push(await groupOf(object, found, typed, reader))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, look))
  return groups.sort((left, right) => order.indexOf(left.name) - order.indexOf(right.name))
}

const findable = ({ path, small, search, find }: ObjectDefinition) => Boolean(path && !small && (search || find))

async function groupOf(object: ObjectDefinition, found: Row[], typed: string, reader: Reader): Promise<FoundGroup> {
  const more = found.length > FEW && object.search && found.every(({ hit }) => hit === null)
  return {
    name: object.name,
    label: nameOf(object, 'many', reader),
    lines: await linesOf(object, found.slice(0, FEW), typed, reader),
    all: more ? { href: `/${object.path}?${new URLSearchParams({ search: typed })}`, label: reader.t('search.all') } : undefined,
  }
}

/** What a person opened last, as far as it still exists and they may still read it. */
export async function recentLines(visits: Visit[], staff: Staff, reader: Reader): Promise<Found[]> {
  const known = visits.filter(({ object }) => objects.has(object) && objects.get(object).path && may(staff, 'read', object))
  const names = [...new Set(known.map(({ object }) => object))]
  const drawn = new Map<string, Found>()
  for (const name of names) {
    const object = objects.get(name)
    const ids = known.filter((visit) => visit.object === name).map(({ id }) => ({ id, hit: null }))
    const lines = await linesOf(object, ids, '', reader)
    for (const line of lines) drawn.set(line.href!, { ...line, about: [{ text: nameOf(object, 'one', reader), hit: false }] })
  }
  return known.map(({ object, id }) => drawn.get(`/${objects.get(object).path}/${id}`)!).filter(Boolean)
}

/** Title and a line that tells namesakes apart, in the order of the rows; what the reader may not see is never read. */
async function linesOf(object: ObjectDefinition, found: Row[], typed: string, reader: Reader): Promise<Found[]> {
  const ids = found.map(({ id }) => id)
  const columns = object.find?.beside ?? []
  const [named, values] = await Promise.all([
    titles(object, ids, reader),
    rows<Values & { id: number }>(select(object, { reader, columns, where: sql`${table}.id = any(${ids})` })),
  ])
  const titleOf = new Map(named.map(({ id, title }) => [id, title]))
  const valuesOf = new Map(values.map((one) => [one.id, one]))
  return found
    .filter(({ id }) => valuesOf.has(id))
    .map(({ id, hit }) => {
      const title = titleOf.get(id) || `№ ${id}`
      const beside = columns.map((name) => shown(object, name, valuesOf.get(id)![name], reader))
      const about = [...new Set([hit, `№ ${id}`, ...beside])].filter((words) => words && words !== title).join(' · ')
      return { title: marked(title, typed), about: marked(about, typed), icon: 'file', href: `/${object.path}/${id}` }
    })
}

function shown(object: ObjectDefinition, name: string, value: unknown, reader: Reader): string | null {
  if (value === null || value === undefined || value === '') return null
  const field = objects.field(object, name)
  return isMasked(value) ? value.masked : field.type.show(value as never, field, reader)
}
