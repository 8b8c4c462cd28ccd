import { scopeRightsOf } from '#core/access'
import { schemaOf, type Schema } from '#core/methods'
import { labelOf, nameOf, type ObjectDefinition, type Reader, type Right, type Values } from '#core/objects'
import { rowSchema, readableFields } from '../objects/field_schema.js'
import { rowSchemas } from '../objects/inputs.js'
import { extraFields } from '../objects/said_rows.js'
import { searchInput } from '../objects/search.js'
import { exampleFilter, exampleKey, exampleValues } from './examples.js'
import { header, parameter, problems, schemaNamed } from './common_parts.js'
import { type Operation, type Paths } from './operation.js'

/** Rows of an object, for systems with a key. */
export function objectPaths(object: ObjectDefinition, reader: Reader): Paths {
  const { row, change, batch } = rowSchemas(object)
  const operation = (name: Verb, schema: Schema | undefined, answer: Schema, example?: unknown) => operationOf(object, name, { schema, example }, answer, reader)
  const [key, values] = [exampleKey(object), exampleValues(object, reader)]
  const home = `/api/v1/objects/${object.name}`
  const search = {
    ...schemaOf(searchInput),
    properties: {
      ...schemaOf(searchInput).properties,
      filter: schemaNamed('Filter'),
      columns: { type: 'array', items: { type: 'string', enum: readableFields(object).map(({ name }) => name) } },
    },
  }
  /** Only what a key may be given the right to. */
  const may = (right: Right) => scopeRightsOf(object).includes(right)
  const writes = may('edit') || (may('create') && Boolean(object.create ?? object.importable))
  return {
    [`${home}/search`]: { post: operation('search', search, pageSchema(object), { filter: exampleFilter(object), limit: 2 }) },
    ...(writes && {
      [`${home}/batch`]: { post: operation('batch', batch, BATCH_ANSWER, { key, rows: [values] }) },
      [home]: { post: operation('upsert', row, ROW_ANSWER, { key, values }) },
    }),
    [`${home}/{id}`]: {
      get: operation('read', undefined, schemaNamed(schemaName(object))),
      ...(may('edit') && { patch: operation('change', change, ROW_ANSWER, { values: changing(values, key) }) }),
    },
  }
}

export const objectSchemas = (object: ObjectDefinition, reader: Reader): Record<string, Schema> => ({
  [schemaName(object)]: { ...worded(rowSchema(object), object, reader), description: nameOf(object, 'one', reader) },
})

/** What a row is found by stays. */
const changing = (values: Values, key: string | undefined) => Object.fromEntries(Object.entries(values).filter(([name]) => name !== key))

type Verb = 'search' | 'batch' | 'upsert' | 'read' | 'change'

const schemaName = ({ name }: ObjectDefinition) => name

function operationOf(object: ObjectDefinition, verb: Verb, sent: { schema?: Schema; example?: unknown }, answer: Schema, reader: Reader): Operation {
  const name = nameOf(object, 'many', reader)
  const changes = verb !== 'search' && verb !== 'read'
  const schema = sent.schema && worded(sent.schema, object, reader)
  return {
    'operationId': `${object.name}_${verb}`,
    'summary': reader.t(`api.objects.${verb}.summary`, { name }),
    'description': reader.t(`api.objects.${verb}.description`, { name }),
    'tags': ['objects'],
    'security': [{ apiKey: [] }],
    'parameters': [...(verb === 'read' || verb === 'change' ? [parameter('id')] : []), ...(changes ? [parameter('idempotencyKey')] : []), parameter('language')],
    ...(schema && { requestBody: { required: true, content: { 'application/json': { schema, ...(sent.example !== undefined && { example: sent.example }) } } } }),
    'responses': {
      200: { description: reader.t('api.done'), ...header('rateLimit', ...(changes ? (['replayed'] as const) : [])), content: { 'application/json': { schema: answer } } },
      ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
    },
    'x-object': object.name,
  }
}

/** Values in the words of lists and cards. */
function worded(schema: Schema, object: ObjectDefinition, reader: Reader): Schema {
  const { properties, items } = schema
  const told = ([name, one]: [string, Schema]) => {
    const field = object.fields.get(name) ?? extraFields(object).find((extra) => extra.name === name)
    const inner = name === 'values' || name === 'rows' ? worded(one, object, reader) : one
    return [name, field && !('properties' in one && name === 'values') ? { ...inner, description: labelOf(field, reader) } : inner]
  }
  return { ...schema, ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(told)) }), ...(items && { items: worded(items, object, reader) }) }
}

const pageSchema = (object: ObjectDefinition): Schema => ({
  type: 'object',
  required: ['rows', 'next'],
  properties: {
    rows: { type: 'array', items: schemaNamed(schemaName(object)) },
    next: { type: ['string', 'null'] },
    total: {
      type: 'object',
      required: ['count', 'kind'],
      properties: { count: { type: 'integer' }, kind: { type: 'string', enum: ['exact', 'capped', 'about', 'unknown'] } },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
})

const ROW_ANSWER: Schema = {
  type: 'object',
  required: ['id', 'outcome'],
  properties: { id: { type: 'integer' }, outcome: { type: 'string', enum: ['created', 'updated', 'unchanged'] } },
  additionalProperties: false,
}

const BATCH_ANSWER: Schema = {
  type: 'object',
  required: ['counts', 'rows'],
  properties: {
    counts: {
      type: 'object',
      required: ['created', 'updated', 'unchanged', 'refused'],
      properties: Object.fromEntries(['created', 'updated', 'unchanged', 'refused'].map((name) => [name, { type: 'integer' }])),
      additionalProperties: false,
    },
    rows: {
      type: 'array',
      items: {
        type: 'object',
        required: ['outcome', 'id'],
        properties: {
          outcome: { type: 'string', enum: ['created', 'updated', 'unchanged', 'refused'] },
          id: { type: ['integer', 'null'] },
          code: { type: 'string' },
          detail: { type: 'string' },
          errors: { type: 'object', additionalProperties: { type: 'string' } },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
}
