import { sql } from '#core/database'
import { choice, dateTime, defineObject, flag, integer, objects, text } from '#core/objects'
import { attributeTypes } from './attribute_field.js'
import { complete } from './complete.js'
import { removeAttribute } from './remove_attribute.js'
import { settle } from './settle.js'

/** A field that an administrator added to an object (F3). */
export const attributeObject = defineObject({
  name: 'attribute',
  table: 'attributes',
  path: 'attributes',
  title: (attribute, locale) =>
    locale === 'en' ? sql`coalesce(${attribute}.label_en, ${attribute}.label)` : sql`${attribute}.label`,
  fields: {
    object: choice(open, { required: true, fixed: true, sortable: true }),
    label: text({ required: true, sortable: true, max: 100 }),
    labelEn: text({ max: 100 }),
    name: text({ fixed: true, max: 40 }),
    type: choice(() => Object.keys(attributeTypes), { required: true, fixed: true }),
    choices: text({ format: 'multiline', max: 50_000 }),
    target: choice(() => objects.all().filter(({ path }) => path).map(({ name }) => name), { fixed: true }),
    relation: text({ readonly: true, max: 80 }),
    columnName: text({ readonly: true }),
    tellsApart: flag({ readonly: true }),
    required: flag(),
    personal: flag(),
    place: choice(['top', 'bottom', 'none'], { initial: 'bottom' }),
    position: integer(),
    hint: text({ max: 300 }),
    hintEn: text({ max: 300 }),
    indexedAt: dateTime({ readonly: true }),
  },
  columns: ['id', 'createdAt', 'object', 'label', 'labelEn', 'name', 'type', 'required', 'personal', 'indexedAt'],
  sort: 'object',
  create: [
    'object', 'label', 'labelEn', 'name', 'type', 'choices', 'target', 'required', 'personal', 'place', 'position', 'hint', 'hintEn',
  ],
  small: true,
  attributes: 'none',
  rights: { administrator: ['read', 'create', 'edit', 'delete'] },
  /** Whoever may say what is personal could show it to themselves. */
  reserved: ['create', 'edit', 'delete'],
  verbs: { before: complete, after: settle, remove: removeAttribute },
})

/** Objects that have room for attributes. */
function open() {
  return objects.all().filter(({ attributes }) => attributes !== 'none').map((object) => object.name)
}
