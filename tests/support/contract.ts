import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { ApiResponse } from '@japa/api-client'
import type { BrowserContext } from 'playwright'
import { problemStatuses } from '#core/http'
import { plain } from '#core/objects'
import { documentOf, type Document } from '../../app/core/api/openapi/document.js'
import { type Operation } from '../../app/core/api/openapi/operation.js'
import { offeredToSystems } from '../../app/core/api/objects/offered.js'
import { objects } from '#core/objects'

type Checker = (body: unknown) => string[]

let document: Document | undefined
let patterns: { pattern: RegExp; path: string }[] = []
let ajv: Ajv2020
const checkers = new Map<string, Checker>()

/**
 * A-15: holds an answer of the public interface to its document. Called for every answer that any test gets, so that no test can forget it;
 * throws what is wrong.
 */
export function keepsContract(method: string, url: string, status: number, type: string, body: unknown) {
  const path = new URL(url, 'http://product').pathname
  if (!path.startsWith('/api/v1/') || status === 204 || status === 304) return
  let wrong = checkerOf(method.toLowerCase(), path, status)(body)
  if (wrong.length) {
    /** A test may have added a field or a table since. */
    read()
    wrong = checkerOf(method.toLowerCase(), path, status)(body)
  }
  const expected = status < 400 ? 'application/json' : 'application/problem+json'
  if (!type.startsWith(expected)) wrong.push(`content-type is ${type}`)
  if (wrong.length) throw new Error(`A-15 ${method} ${path} answers ${status} otherwise than its document says: ${wrong.join('; ')}`)
}

export function answerKeepsContract(response: ApiResponse) {
  const { method, endpoint } = response.request.config
  keepsContract(method, endpoint, response.status(), String(response.header('content-type') ?? ''), response.body())
}

/** Tests that fetch by themselves are held to it as well. */
export function watchFetch() {
  const asIs = globalThis.fetch
  globalThis.fetch = async (input, options) => {
    const response = await asIs(input, options)
    const { pathname } = new URL(response.url || String(input), 'http://product')
    const [method, type] = [options?.method ?? 'GET', response.headers.get('content-type') ?? '']
    if (pathname.startsWith('/api/v1/') && !['HEAD', 'OPTIONS'].includes(method)) {
      keepsContract(method, pathname, response.status, type, type.includes('json') ? await response.clone().json() : undefined)
    }
    return response
  }
}

/** What a page in a browser asks for is held to it, too; what is wrong goes to `faults`. */
export function watchPages(context: BrowserContext, faults: string[]) {
  context.on('response', async (response) => {
    const type = response.headers()['content-type'] ?? ''
    /** A page that has gone on takes its answers with it. */
    const body = type.includes('json') ? await response.json().catch(() => GONE) : undefined
    if (body === GONE || response.request().method() === 'OPTIONS') return
    try {
      keepsContract(response.request().method(), response.url(), response.status(), type, body)
    } catch (error) {
      faults.push((error as Error).message)
    }
  })
}

const GONE = Symbol('gone')

function checkerOf(method: string, path: string, status: number): Checker {
  if (!document || (!known(path) && status < 400)) read()
  const template = known(path)
  const operation = template ? document!.paths[template][method] : undefined
  if (!operation) return status < 400 ? () => ['no document tells of it'] : problemChecker()
  const answer = operation.responses[status] ?? (status >= 400 ? operation.responses.default : undefined)
  if (!answer) return () => [`status ${status} is not documented`]
  if (answer.$ref) return (body) => [...problemChecker()(body), ...undocumented(body as Refused, operation)]
  return kept(`${method} ${template} ${status}`, Object.values(answer.content!)[0].schema)
}

interface Refused {
  code: string
  status: number
}

/** A refusal is one of every call, or one that the operation itself tells of, with its status. */
function undocumented({ code, status }: Refused, { 'x-refusals': own = {} }: Operation): string[] {
  const told = problemStatuses.get(code) ?? own[code]
  return told === status ? [] : [`the refusal ${code} is documented ${told ? `with status ${told}` : 'nowhere'}`]
}

const problemChecker = () => kept('problem', { $ref: '#/components/schemas/Problem' })

/** A schema is compiled once, which takes its time. */
function kept(name: string, schema: object): Checker {
  const checker = checkers.get(name) ?? checkerFor(schema)
  checkers.set(name, checker)
  return checker
}

function checkerFor(schema: object): Checker {
  const check = ajv.compile({ ...schema, components: { schemas: document!.components.schemas } })
  return (body) => (check(body) ? [] : check.errors!.map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`))
}

const known = (path: string) => patterns.find(({ pattern }) => pattern.test(path))?.path

function read() {
  document = documentOf(offeredToSystems(objects.all()).map(({ object }) => object), plain)
  ajv = new Ajv2020({ strict: false, allErrors: true })
  ;(formats as unknown as (one: Ajv2020) => void)(ajv)
  checkers.clear()
  patterns = Object.keys(document.paths)
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }))
}
