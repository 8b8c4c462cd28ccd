import { type Operation } from '../openapi/operation.js'

/** What stands for a secret that the reader has to put there. */
const TOKEN = '$TOKEN'
const SOURCE_KEY = '$SOURCE_KEY'
const API_KEY = '$API_KEY'
/** Fit for an address, as the card of the source gives it. */
const CALLBACK_SECRET = '$CALLBACK_SECRET'

/** An operation as one pastes it into a terminal, called through this source. */
export function curlOf(home: string, method: string, path: string, operation: Operation, source = 'site'): string {
  const filled = path.replace('{source}', source).replace('{id}', '1')
  const address = operation.security.some((one) => 'callbackSecret' in one) ? `"${home}${filled}?secret=${CALLBACK_SECRET}"` : home + filled
  return [`curl -X ${method.toUpperCase()} ${address}`, ...proofs(operation), ...sent(operation)].join(' \\\n  ')
}

/** Who calls, by the first way that the operation offers: a customer's page brings a token, a server its key and the customer it speaks for. */
function proofs({ security, parameters = [] }: Operation): string[] {
  const needed = security.some((one) => !Object.keys(one).length) ? {} : security[0]
  const namesCustomer = parameters.some((one) => '$ref' in one && one.$ref === '#/components/parameters/user')
  if ('customer' in needed) return [`-H "Authorization: Bearer ${TOKEN}"`]
  if ('apiKey' in needed) return [`-H "Authorization: Bearer ${API_KEY}"`]
  if (!('sourceKey' in needed)) return []
  return [`-H "X-Source-Key: ${SOURCE_KEY}"`, ...(namesCustomer ? ['-H "X-User: 1"'] : [])]
}

/** curl names the type of a multipart body itself, with the border between its parts. */
function sent({ requestBody }: Operation): string[] {
  const json = requestBody?.content['application/json']?.example
  if (json !== undefined) return [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(json))}`]
  const parts = requestBody?.content['multipart/form-data']
  if (!parts) return []
  const { input, ...files } = parts.schema.properties ?? {}
  const [example] = (input?.examples ?? []) as unknown[]
  return [
    ...(example === undefined ? [] : [`-F ${quoted(`input=${JSON.stringify(example)};type=application/json`)}`]),
    ...Object.keys(files).map((name) => `-F ${quoted(`${name}=@receipt.pdf`)}`),
  ]
}

/** As a shell takes it for one word. */
const quoted = (text: string) => `'${text.replaceAll(`'`, `'\\''`)}'`
