import { type Operation } from '../openapi/operation.js'

/** What stands for a secret that the reader has to put there. */
const TOKEN = '$TOKEN'
const SOURCE_KEY = '$SOURCE_KEY'
const API_KEY = '$API_KEY'

/** An operation as one pastes it into a terminal. */
export function curlOf(home: string, method: string, path: string, operation: Operation): string {
  const needed = operation.security.some((one) => !Object.keys(one).length) ? {} : operation.security[0]
  const filled = path.replace('{source}', 'site').replace('{id}', '1')
  const lines = [`curl -X ${method.toUpperCase()} ${home}${filled}`]
  if ('customer' in needed) lines.push(`-H "Authorization: Bearer ${TOKEN}"`)
  if ('apiKey' in needed) lines.push(`-H "Authorization: Bearer ${API_KEY}"`)
  if ('sourceKey' in needed) lines.push(`-H "X-Source-Key: ${SOURCE_KEY}"`)
  const body = operation.requestBody?.content['application/json']?.example
  if (body !== undefined) {
    lines.push(`-H 'Content-Type: application/json'`)
    lines.push(`-d '${JSON.stringify(body).replaceAll(`'`, `'\\''`)}'`)
  }
  return lines.join(' \\\n  ')
}
