import { rows, sql } from '#core/database'
import { objects, type Field, type ObjectDefinition } from '#core/objects'
import { attributeField, type Attribute } from './attribute_field.js'

/** How long a process may not know of an attribute that another one added, in milliseconds. */
const STALE_AFTER = 1000

let readAt = 0

/** Brings the registry up to date when it may be stale: asked at the start of every request and of every job. */
export async function refreshAttributes() {
  if (Date.now() - readAt < STALE_AFTER) return
  await readAttributes()
}

/** The next request reads anew: an attribute was added, renamed or deleted. */
export async function outdateAttributes() {
  readAt = 0
}

/** Puts every attribute into the registry, and takes out those that are no more. */
async function readAttributes() {
  readAt = Date.now()
  const found = await rows<Attribute>(sql`select object, name, label, type from attributes order by id`)
  for (const object of objects.all().filter((one) => one.attributes)) {
    place(object, found.filter((attribute) => attribute.object === object.name).map(attributeField))
  }
}

function place(object: ObjectDefinition, attributes: Field[]) {
  const declared = [...object.fields.values()].filter((field) => !field.attribute)
  object.fields = new Map([...declared, ...attributes].map((field) => [field.name, field]))
  const known = object.card.filter((name) => declared.some((field) => field.name === name))
  object.card = [...known, ...attributes.map(({ name }) => name)]
}
