import { doors, routeOf, schemaOf, type Method, type Schema } from '#core/methods'
import { worded, type Reader } from '#core/objects'
import { type Operation } from './operation.js'
import { header, parameter, problems } from './common_parts.js'

/** One method: its address and how it is called. */
export function methodPath(method: Method, reader: Reader): [string, Record<string, Operation>] {
  const { name, caller, input, output, example, refusals, files } = method
  const dotted = name.replaceAll('/', '.')
  return [
    routeOf(name).replace(':source', '{source}'),
    {
      post: {
        'operationId': name.replaceAll(/[/.]/g, '_'),
        'summary': worded(reader, `signals.${dotted}`) ?? name,
        'description': worded(reader, `methods.${dotted}`) ?? name,
        'tags': [name.split('/')[0]],
        'security': securityOf[caller],
        'parameters': [
          parameter('source'),
          ...(caller === 'callback' ? [parameter('webhookId'), parameter('webhookTimestamp')] : [parameter('idempotencyKey')]),
          parameter('language'),
          ...(caller === 'anyone' || caller === 'customer' ? [parameter('origin')] : []),
          ...(caller === 'customer' || caller === 'server' ? [parameter('user')] : []),
        ],
        'requestBody': { required: files.length > 0 || Boolean(schemaOf(input).required), content: bodyOf(method, (schema) => described(schema, dotted, reader)) },
        'responses': {
          200: {
            description: reader.t('api.done'),
            ...header('rateLimit', 'replayed'),
            content: { 'application/json': { schema: described(schemaOf(output), dotted, reader), example: example.output } },
          },
          ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
        },
        'x-refusals': { ...refusals, ...(speaksFor.includes(caller) && doors.unserved) },
        'x-caller': caller,
      },
    },
  ]
}

/** Who calls for a customer, that may have been turned away since. */
const speaksFor: Method['caller'][] = ['customer', 'server']

/** A front end brings nothing; a server its key; a customer their token; another system the signature or the secret of its address. */
const securityOf: Record<Method['caller'], Operation['security']> = {
  anyone: [{}, { sourceKey: [] }],
  customer: [{ customer: [] }, { sourceKey: [] }],
  server: [{ sourceKey: [] }],
  callback: [{ webhookSignature: [] }, { callbackSecret: [] }],
}

function bodyOf({ input, files, example, caller }: Method, told: (schema: Schema) => Schema): NonNullable<Operation['requestBody']>['content'] {
  const schema = told(schemaOf(input))
  const said = { schema, example: example.input }
  if (caller === 'callback') return { 'application/json': said, 'application/x-www-form-urlencoded': said }
  if (!files.length) return { 'application/json': said }
  const parts = Object.fromEntries(files.map((name) => [name, { type: 'string', contentMediaType: 'application/octet-stream' }]))
  const whole = told({ type: 'object', required: [...files], properties: { input: { examples: [example.input] }, ...parts } })
  const properties = { ...whole.properties, input: { ...schema, ...whole.properties!.input } }
  return { 'multipart/form-data': { schema: { ...whole, properties } } }
}

/** What a field is for, where somebody has said so: for this method (`inputs.user.register.phone`), or wherever it occurs (`inputs.fields.phone`). */
function described(schema: Schema, method: string, reader: Reader, path = ''): Schema {
  const { properties, items } = schema
  const below = (name: string) => (path ? `${path}.${name}` : name)
  const told = (name: string, one: Schema): Schema => {
    const words = one.description ?? worded(reader, `inputs.${method}.${below(name)}`, `inputs.fields.${name}`)
    return { ...described(one, method, reader, below(name)), ...(words && { description: words }) }
  }
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, told(name, one)])) }),
    ...(items && { items: described(items, method, reader, path) }),
  }
}
