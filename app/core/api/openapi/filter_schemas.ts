import { compareOperators, operators, relationOperators } from '#core/filters'
import { type Schema } from '#core/methods'
import { type Reader } from '#core/objects'
import { schemaNamed } from './common_parts.js'

/** A filter of lists as data (core/filters): a group of conditions on fields, on related rows, and of further groups. */
export function filterSchemas({ t }: Reader): Record<string, Schema> {
  const words = (part: string) => ({ description: t(`api.filter.${part}`) })
  const values: Schema = { type: 'array', items: { type: 'string' }, ...words('value') }
  const named = (all: { name: string }[]): Schema => ({ type: 'string', enum: all.map(({ name }) => name) })
  return {
    Filter: {
      type: 'object',
      ...words('group'),
      required: ['logic', 'of'],
      properties: {
        logic: { type: 'string', enum: ['and', 'or'], ...words('logic') },
        of: { type: 'array', items: { anyOf: ['FilterCondition', 'FilterRelation', 'Filter'].map(schemaNamed) }, ...words('of') },
      },
      additionalProperties: false,
    },
    FilterCondition: {
      type: 'object',
      ...words('condition'),
      required: ['field', 'operator'],
      properties: { field: { type: 'string', ...words('field') }, operator: { ...named(operators), ...words('operatorOf') }, value: values },
      additionalProperties: false,
    },
    FilterRelation: {
      type: 'object',
      ...words('relation'),
      required: ['relation', 'operator'],
      properties: {
        relation: { type: 'string', ...words('relationName') },
        operator: { ...named(relationOperators), ...words('relation') },
        where: schemaNamed('Filter'),
        compare: { ...named(compareOperators), ...words('compare') },
        field: { type: 'string', ...words('summed') },
        value: values,
      },
      additionalProperties: false,
    },
  }
}
