import { scopeRightsOf } from '#core/access'
import { schemaOf, type Schema } from '#core/methods'
import { labelOf, nameOf, type ObjectDefinition, type Reader, type Right, type Values } from '#core/objects'
import { rowSchema, readableFields } from '../objects/field_schema.js'
import { rowSchemas } from '../objects/inputs.js'
import { extraFields } from '../objects/said_rows.js'
import { searchInput } from '../objects/search.js'
import { exampleFilter, exampleKey, exampleValues } from './examples.js'
import { pageSchema, said } from './row_answers.js'
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
  /** Only what a key may be given the right to, of records that have something to write. */
  const may = (right: Right) => scopeRightsOf(object).includes(right) && Object.keys(change.properties!.values.properties!).length > 0
  const writes = may('edit') || (may('create') && Boolean(object.create ?? object.importable))
  return {
    [`${home}/search`]: { post: operation('search', search, pageSchema(schemaNamed(schemaName(object)), reader), { filter: exampleFilter(object), limit: 2 }) },
    ...(writes && {
      [`${home}/batch`]: { post: operation('batch', batch, schemaNamed('WrittenRows'), { key, rows: [values] }) },
      [home]: { post: operation('upsert', row, schemaNamed('WrittenRow'), { key, values }) },
    }),
    [`${home}/{id}`]: {
      get: operation('read', undefined, schemaNamed(schemaName(object))),
      ...(may('edit') && { patch: operation('change', change, schemaNamed('WrittenRow'), { values: changing(values, key) }) }),
    },
  }
}

export const objectSchemas = (object: ObjectDefinition, reader: Reader): Record<string, Schema> => ({
  [schemaName(object)]: { ...inFieldWords(rowSchema(object), object, reader), description: nameOf(object, 'one', reader) },
})

/** What a row is found by stays. */
const changing = (values: Values, key: string | undefined) => Object.fromEntries(Object.entries(values).filter(([name]) => name !== key))

type Verb = 'search' | 'batch' | 'upsert' | 'read' | 'change'

const schemaName = ({ name }: ObjectDefinition) => name

function operationOf(object: ObjectDefinition, verb: Verb, sent: { schema?: Schema; example?: unknown }, answer: Schema, reader: Reader): Operation {
  const name = nameOf(object, 'many', reader)
  const changes = verb !== 'search' && verb !== 'read'
  const schema = sent.schema && inWords(sent.schema, object, reader)
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

/** What is sent, with values in the words of lists and cards. */
function inWords(schema: Schema, object: ObjectDefinition, reader: Reader): Schema {
  const { values, rows, ...parts } = schema.properties!
  const inner = { ...(values && { values: inFieldWords(values, object, reader) }), ...(rows && { rows: { ...rows, items: inFieldWords(rows.items!, object, reader) } }) }
  return { ...schema, properties: said({ ...parts, ...inner }, 'sent', reader) }
}

function inFieldWords(schema: Schema, object: ObjectDefinition, reader: Reader): Schema {
  const told = ([name, one]: [string, Schema]) => {
    const field = object.fields.get(name) ?? extraFields(object).find((extra) => extra.name === name)
    return [name, { ...one, ...(field && { description: labelOf(field, reader) }) }]
  }
  return { ...schema, properties: Object.fromEntries(Object.entries(schema.properties ?? {}).map(told)) }
}
