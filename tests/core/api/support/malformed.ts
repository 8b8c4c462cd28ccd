import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { type Called } from './operations.js'

export const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

/** What programs with faults and people with intentions send in the place of a value. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null, true, false, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 2, 2 ** 31, -(2 ** 63), '', ' ', '\0', 'a\0b', '\ud800', 'a\udc00b', '\u202e',
    'x'.repeat(5000), '1', '0', '-1', 'on', 'null', "' or 1=1 --", '{{7*7}}', '../../etc/passwd', 'a\r\nX-Injected: 1', '<script>alert(1)</script>',
    '2026-02-30', '2026-02-30T25:61:00Z', '0001-01-01', '9999-12-31T23:59:60Z', '-4713-01-01', '+7', '+79160000001', 'a@b', `${'a'.repeat(300)}@example.com`, 'infinity', 'NaN',
    '1e400', '\u0661\u0662', [], {}, [[]], [null], [1, 'x', {}], { $ne: null }, { id: 1 }, { code: 'site' }, { code: '\0' }, { code: null }, { masked: 'x' },
    { constructor: { prototype: { admin: true } } }, JSON.parse('{"__proto__":{"admin":true}}'), JSON.parse(deep(30)), JSON.parse(deep(200)), Array(2000).fill(0),
    { logic: 'and', of: [] }, { logic: 'and', of: [{ field: '__proto__', operator: 'equal', value: ['1'] }] }, { logic: 'or', of: [{ relation: 'x', operator: 'count' }] }
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' })
)

const RAW: (string | Buffer)[] = [
  '', '{', '[]', 'null', '"x"', '5', '{"a":1,}', '{"a":1}{"b":2}', '{"__proto__":{"admin":true}}', deep(5000), `{"a":${deep(10_000)}}`, '\ufeff{}', '{"a":"\\ud800"}', '{"\\u0000":1}',
  `{"a":"${'x'.repeat(70_000)}"}`, `{${Array.from({ length: 3000 }, (_, n) => `"k${n}":1`).join()}}`, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), Buffer.from('{"a":1}', 'utf16le'), gzipSync('{}'),
  '--x\r\nContent-Disposition: form-data; name="input"\r\n\r\n{\r\n--x--', '--x\r\nContent-Disposition: form-data; name="input"\r\n\r\n{"__proto__":{}}\r\n--x--\r\n', '--x', '--x--\r\n',
  '--x\r\nContent-Disposition: form-data; name="file"; filename="a\u202eb.pdf"\r\n\r\n%PDF-1\r\n--x--\r\n', '--x\r\nContent-Disposition: form-data; name="__proto__[a]"\r\n\r\n1\r\n--x--\r\n',
]

const TYPES = [
  'text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'multipart/form-data', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', 'application/json; charset=x',
  'application/vnd.api+json', 'application/json-patch+json', '', ';', 'application/json, text/html', '__proto__',
]

/** One header more than usual. */
const HEADERS: [name: string, value: string][] = [
  ['x-user', ''], ['x-user', '0'], ['x-user', '9'.repeat(40)], ['x-user', 'phone:'], ['x-user', 'phone:+7'], ['x-user', ':::'], ['x-user', '__proto__:1'], ['x-user', 'email:\xff\xfe'], ['x-user', `card:${'x'.repeat(4000)}`],
  ['authorization', ''], ['authorization', 'Bearer'], ['authorization', 'Bearer \xff'], ['authorization', `Bearer ${'x'.repeat(5000)}`], ['authorization', 'Bearer tsr_99999999999999999999_x'], ['authorization', 'Basic eDp5'],
  ['x-source-key', ''], ['x-source-key', '\xff'], ['x-source-key', `tss_1_${'x'.repeat(5000)}`],
  ['idempotency-key', ''], ['idempotency-key', '\xff'], ['idempotency-key', 'x'.repeat(300)], ['idempotency-key', 'a b'],
  ['origin', 'null'], ['origin', '\xff'], ['origin', 'https://shop.example:99999'], ['accept-language', 'x'.repeat(5000)], ['accept-language', '\xff;q=9'], ['accept', 'text/html'], ['accept', '\xff'],
  ['x-request-id', 'a'.repeat(5000)], ['x-request-id', '\xff'], ['x-forwarded-for', '\xff, ,,'], ['cookie', '\xff=\xff; __proto__=1'], ['user-agent', '\xff'.repeat(600)], ['if-none-match', '\xff'],
  ['content-encoding', 'gzip'], ['content-encoding', 'br'], ['content-encoding', 'deflate'], ['content-encoding', 'x'], ['x-http-method-override', 'GET'], ['range', 'bytes=0-9999999999'],
]

/** In the place of an id or of the code of a source; and what may follow an address. */
const NAMES = ['0', '-1', '1.5', '1e3', 'x', '__proto__', 'constructor', '%00', '%ff', '%F0%9F%98', '%0d%0aX-Injected:1', '9'.repeat(40), '..%2f..', "1'--", 'x'.repeat(3000), '%E2%80%AE', '1%20']
const QUERIES = ['?__proto__[a]=1', '?%ff=%ff', '?a[b][c][d][e][f][g]=1', '?limit=x', `?${'a=1&'.repeat(500)}`, '?a[constructor][prototype][admin]=1']

const ways = ['replace', 'replace', 'replace', 'replace', 'remove', 'add', 'whole', 'raw', 'type', 'twice', 'header', 'address', 'query', 'verb'] as const

export const mutation = fc.record({
  which: fc.nat(),
  how: fc.constantFrom(...ways),
  at: fc.nat(),
  value: hostile,
  raw: fc.constantFrom(...RAW),
  type: fc.constantFrom(...TYPES),
  header: fc.constantFrom(...HEADERS),
  name: fc.constantFrom(...NAMES),
  query: fc.constantFrom(...QUERIES),
  verb: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
  proof: fc.constantFrom('right', 'right', 'right', 'other', 'none') satisfies fc.Arbitrary<Proof>,
})

export type Mutation = typeof mutation extends fc.Arbitrary<infer One> ? One : never

/** Each body that no JSON would make, once, whatever the dice say. */
export const certain: [Mutation][] = RAW.map((raw, at) => [
  { which: 2 * at + 1, how: 'raw', at, value: null, raw, type: TYPES[0], header: HEADERS[0], name: NAMES[0], query: QUERIES[0], verb: 'POST', proof: 'right' },
])

/** Who calls: as the operation asks for it, as another one would, or nobody that could be told. */
export type Proof = 'right' | 'other' | 'none'

export interface Sent {
  verb: string
  address: string
  headers: Record<string, string>
  body?: string | Buffer
}

/** A right call in which one thing is wrong. */
export function malformed({ verb, path, example, takesFiles }: Called, wrong: Mutation, place: { source: string; id: string }, proof: Record<string, string>): Sent {
  const { how, name } = wrong
  const address = (source: string, id: string) => path.replace('{source}', source).replace('{id}', id) + (how === 'query' ? wrong.query : '')
  const headers: Record<string, string> = { 'content-type': how === 'type' ? wrong.type : 'application/json', ...proof }
  if (how === 'header') headers[wrong.header[0]] = wrong.header[1]
  const sent = {
    verb: how === 'verb' ? wrong.verb : verb,
    address: how === 'address' ? address(name, name) : address(place.source, place.id),
    headers: takesFiles && ['raw', 'whole'].includes(how) ? { ...headers, 'content-type': 'multipart/form-data; boundary=x' } : headers,
  }
  if (['GET', 'HEAD'].includes(sent.verb)) return sent
  return { ...sent, body: bodyOf(example ?? {}, wrong) }
}

function bodyOf(example: Record<string, unknown>, { how, at, value, raw }: Mutation): string | Buffer {
  if (how === 'raw') return raw
  if (how === 'whole') return JSON.stringify(value) ?? ''
  const body = structuredClone(example)
  const places = placesIn(body)
  const [holder, key] = places.length ? places[at % places.length] : [body, 'unknown']
  if (how === 'remove') delete holder[key]
  else if (how === 'add') holder[`${key}_`] = value
  else if (how === 'replace') holder[key] = value
  const text = JSON.stringify(body)
  return how === 'twice' ? text.replace('{', `{"${key}":1,`) : text
}

function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => [[value as Record<string, unknown>, key], ...placesIn(one)] as [Record<string, unknown>, string][])
}
