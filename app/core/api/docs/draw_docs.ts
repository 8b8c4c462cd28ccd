import { appUrl } from '#config/app'
import { labelOfRelation } from '#core/filters'
import { nameOf, objects, type Reader } from '#core/objects'
import { type Schema } from '#core/methods'
import { tagWords, type Document } from '../openapi/document.js'
import { exampleOfRelated } from '../openapi/examples.js'
import { type Operation } from '../openapi/operation.js'
import { curlOf } from './curl.js'
import { fieldRows } from './field_rows.js'
import { filterRows } from './filter_rows.js'
import { problemRows, type ProblemRow } from './problem_rows.js'

/** The document as a page: its operations by what they are about. */
export function drawDocs(document: Document, reader: Reader, source?: string) {
  const problems = problemRows(refusalsOf(document), reader)
  const shown = ({ 'x-object': object }: Operation) => object === undefined || object === EXAMPLE
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).filter(([, operation]) => shown(operation)).map(([method, operation]) => ({ tag: operation.tags[0], drawn: drawOperation(path, method, operation, document, problems, reader, source) }))
  )
  return {
    home: appUrl,
    locale: reader.locale,
    source,
    sections: document.tags.map(({ name }) => ({
      name,
      title: tagWords(name, reader),
      operations: operations.filter(({ tag }) => tag === name).map(({ drawn }) => drawn),
    })),
    filters: { rows: filterRows(reader), example: JSON.stringify(exampleOfRelated(objects.get(EXAMPLE)), null, 2) },
    objects: objectRows(document, reader),
    problems,
  }
}

const refusalsOf = ({ paths }: Document) =>
  Object.assign({}, ...Object.values(paths).flatMap((methods) => Object.values(methods).map((operation) => operation['x-refusals'])))

/** Operations on records differ in nothing but the object, so one stands for all; fields of the others are listed. */
const EXAMPLE = 'user'

function objectRows({ paths, components }: Document, reader: Reader) {
  const read = Object.values(paths).flatMap((operations) => (operations.get?.['x-object'] ? [operations.get['x-object']] : []))
  return read.map((name) => ({
    name,
    label: nameOf({ name }, 'many', reader),
    rows: fieldRows(components.schemas[name], reader),
    relations: objects.relations(objects.get(name)).map((relation) => ({ name: relation.name, label: labelOfRelation(relation, reader) })),
  }))
}

function drawOperation(path: string, method: string, operation: Operation, document: Document, problems: ProblemRow[], reader: Reader, source?: string) {
  const sent = operation.requestBody?.content
  const answered = operation.responses[200]?.content?.['application/json']
  const refusals = Object.keys(operation['x-refusals'] ?? {})
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    description: operation.description === operation.summary ? '' : operation.description,
    who: reader.t(`api.callers.${operation['x-caller'] ?? 'apiKey'}`),
    multipart: Boolean(sent?.['multipart/form-data']),
    curl: curlOf(appUrl, method, path, operation, source),
    input: fieldRows(resolved((sent?.['application/json'] ?? sent?.['multipart/form-data'])?.schema, document), reader),
    output: fieldRows(resolved(answered?.schema, document), reader),
    answer: JSON.stringify(answered?.example, null, 2) ?? '',
    refusals: problems.filter(({ code }) => refusals.includes(code)),
  }
}

function resolved(schema: Schema | undefined, { components }: Document): Schema {
  const name = /^#\/components\/schemas\/(\w+)$/.exec(String(schema?.$ref ?? ''))?.[1]
  return (name ? components.schemas[name] : schema) ?? {}
}
