import type { HttpContext } from '@adonisjs/core/http'
import { attributeTypes } from '#core/attributes'
import { menuGroups } from '#core/modules'
import { isFragment, readerOf, sentenceOf } from '#core/http'
import { nameOf, objects, type InvalidFields, type Reader } from '#core/objects'
import { mayTellApart } from '../draft/check.js'
import { MOST_FIELDS, type Draft } from '../draft/draft.js'
import { previewOf } from '../draft/preview.js'
import { foundColumns } from '../found/columns.js'
import { foundRelation } from '../found/relations.js'
import { writable } from '../found/adopt_table.js'

/** The wizard with a draft, and what is wrong with it. */
export async function wizardPage(ctx: HttpContext, draft: Draft, refused?: InvalidFields) {
  const reader = readerOf(ctx)
  const wrong = refused?.errors ?? {}
  const errors = Object.fromEntries(Object.entries(wrong).map(([name, error]) => [name, sentenceOf(error, reader)]))
  if (refused) ctx.response.status(422)
  const form = {
    draft,
    errors,
    summary: refused ? reader.t('core.card.errors', { count: Object.keys(errors).length }) : undefined,
    fields: draft.fields.map((field, place) => ({
      ...field,
      place,
      isChoice: field.type === 'choice',
      mayTellApart: mayTellApart(field.type),
      isTitle: String(place) === draft.title,
      first: place === 0,
      last: place === draft.fields.length - 1,
    })),
    most: MOST_FIELDS,
    full: draft.fields.length >= MOST_FIELDS,
    types: typesFor(reader),
    groups: menuGroups.map((name) => ({ name, label: reader.t(`menu.${name}`) })),
    preview: await previewOf(draft, reader),
    ...(await relationOf(draft)),
  }
  const view = isFragment(ctx) ? 'tables::components/wizard' : 'tables::wizard'
  return ctx.view.render(view, { form, title: reader.t(titles[draft.source.file ? 'file' : draft.source.relation ? 'relation' : 'hand']) })
}

const titles = { hand: 'custom_table.wizard.byHand', file: 'custom_table.wizard.fromFile', relation: 'custom_table.wizard.fromDatabase' }

/** Types of fields, then every section that a field may point at. */
function typesFor(reader: Reader) {
  const plain = Object.keys(attributeTypes).filter((type) => type !== 'reference')
  const sections = objects.all().filter(({ path }) => path)
  const references = sections.map((object) => ({ value: `reference:${object.name}`, label: nameOf(object, 'many', reader) }))
  return {
    plain: plain.map((type) => ({ value: type, label: reader.t(`attribute.choices.type.${type}`) })),
    references: references.sort((one, other) => one.label.localeCompare(other.label, reader.locale)),
  }
}

/** What is asked besides of a table that is there already. */
async function relationOf({ source, key }: Draft) {
  const relation = source.relation && (await foundRelation(source.relation))
  if (!relation) return {}
  const columns = await foundColumns(relation)
  const keys = columns.filter(({ whole }) => whole)
  const chosen = keys.find(({ name }) => name === key)
  return {
    relation: `${relation.schema}.${relation.name}`,
    kind: relation.kind,
    keys: keys.map(({ name, sqlType }) => ({ name, label: `${name} (${sqlType})`, chosen: name === key })),
    mayWrite: chosen ? await writable(relation, chosen) : false,
    columnTypes: Object.fromEntries(columns.map(({ name, sqlType }) => [name, sqlType])),
  }
}

