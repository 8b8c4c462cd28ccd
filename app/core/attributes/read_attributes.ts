import { objects, type ObjectDefinition } from '#core/objects'
import { allAttributes, type Attribute } from './attribute.js'
import { attributeField, RELATED } from './attribute_field.js'
import { readChoices } from './choice_list.js'
import { keepReferences } from './keep_references.js'
import { said, speak, type Words } from './words.js'

/** What objects were declared with, before anybody added to them. */
const declared = new WeakMap<ObjectDefinition, Pick<ObjectDefinition, 'fields' | 'card' | 'create' | 'verbs' | 'tabs' | 'rights'>>()

/** Puts every attribute into the registry, and takes out those that are no more. Custom tables are in it already. */
export async function readAttributes() {
  const found = (await allAttributes()).filter(leadsSomewhere)
  for (const object of objects.all()) {
    if (object.attributes === 'shared') place(object, found.filter((attribute) => attribute.object === object.name))
  }
  openTabs(found)
  speak('attributes', wordsOf(found))
}

/** An attribute of an object that is gone, or that points at one, is left alone until it is deleted. */
function leadsSomewhere({ object, target }: Attribute) {
  return objects.has(object) && (!target || objects.has(target))
}

function place(object: ObjectDefinition, attributes: Attribute[]) {
  const { fields, card, create, verbs, rights } = declaredOf(object)
  const added = attributes.map(attributeField)
  const at = (there: Attribute['place']) => attributes.filter(({ place: here }) => here === there).map(({ name }) => name)
  const asked = attributes.filter(({ required }) => required || object.small).map(({ name }) => name)

  object.fields = new Map([...fields, ...added.map((field) => [field.name, field] as const)])
  /** A release may bring a field of a name that an attribute has: the attribute stays what filters and rows mean by it. */
  object.card = [...new Set([...at('top'), ...card, ...at('bottom')])]
  object.create = create && [...create, ...asked]
  object.verbs = keepReferences(object, verbs)
  object.rights = attributes.some(({ personal }) => personal) ? withPersonal(rights) : rights
}

/** Where nothing was personal before, administrators see what is now, until somebody ticks it for a role. */
function withPersonal(rights: ObjectDefinition['rights']): ObjectDefinition['rights'] {
  if (Object.values(rights).some((listed) => listed.includes('personal'))) return rights
  return { ...rights, administrator: [...(rights.administrator ?? []), 'personal', 'reveal'] }
}

function declaredOf(object: ObjectDefinition) {
  const known = declared.get(object)
  if (known) return known
  const { fields, card, create, verbs, tabs, rights } = object
  const declaration = { fields, card, create, verbs, tabs, rights }
  declared.set(object, declaration)
  return declaration
}

/** A card that attributes of others point at has a place for those rows. */
function openTabs(attributes: Attribute[]) {
  const pointedAt = new Set(attributes.map(({ target }) => target))
  for (const object of objects.all()) {
    const { tabs } = declaredOf(object)
    object.tabs = pointedAt.has(object.name) ? [...tabs, RELATED] : tabs
  }
}

/** Everything that an administrator called something, under the keys of the language files. */
function wordsOf(attributes: Attribute[]) {
  const words = new Map<string, Words>()
  for (const attribute of attributes) {
    const { object, name, label, labelEn, hint, hintEn, choices, target, relation } = attribute
    words.set(`${object}.fields.${name}`, { ru: label, en: labelEn })
    if (hint) words.set(`${object}.hints.${name}`, { ru: hint, en: hintEn })
    for (const value of choices ? readChoices(choices) : []) {
      words.set(`${object}.choices.${name}.${value.code}`, { ru: value.label, en: value.labelEn })
    }
    if (!target) continue
    words.set(`${target}.relations.${relation}`, relationWords(attribute, attributes))
    words.set(`${target}.tabs.${RELATED}`, { ru: said('attribute.related', 'ru'), en: said('attribute.related', 'en') })
  }
  return words
}

/** "Vehicles", or "Vehicles: driver" where they point twice. */
function relationWords({ object, target, label, labelEn, columnName }: Attribute, attributes: Attribute[]): Words {
  const twins = attributes.filter((other) => other.object === object && other.target === target)
  const [ru, en] = (['ru', 'en'] as const).map((language) => said(`${object}.many`, language))
  if (columnName && twins.length === 1) return { ru, en }
  return { ru: `${ru}: ${label}`, en: `${en}: ${labelEn ?? label}` }
}
