import vine from '@vinejs/vine'
import { test } from '@japa/runner'
import { faultsOf, schemaOf } from '#core/methods'

const schema = schemaOf(
  vine.create({
    email: vine.string().email(),
    agreed: vine.boolean(),
    age: vine.number().withoutDecimals().optional(),
    language: vine.enum(['ru', 'en']).nullable().optional(),
    consents: vine.array(vine.object({ kind: vine.enum(['personal_data', 'communication']), value: vine.boolean() })).maxLength(10).optional(),
    payload: vine.record(vine.string()).optional(),
  })
)
const told = (value: unknown) => Object.fromEntries(faultsOf(schema, value).map(({ path, code }) => [path, code]))
const right = { email: 'a@b.example', agreed: true }

test.group('The form of a call', () => {
  test('a call as declared is right', ({ assert }) => {
    assert.deepEqual(told({ ...right, age: 5, language: null, consents: [{ kind: 'communication', value: false }], payload: { x: 'y' } }), {})
  })

  test('nothing is taken for something else', ({ assert }) => {
    assert.deepEqual(told({ email: 5, agreed: 'on', age: '5' }), { email: 'string', agreed: 'boolean', age: 'integer' })
    assert.deepEqual(told({ ...right, agreed: 1, age: 5.5, consents: {} }), { agreed: 'boolean', age: 'integer', consents: 'array' })
    assert.deepEqual(told({ ...right, age: null }), { age: 'null' })
  })

  test('what is not declared is told at its place, at any depth', ({ assert }) => {
    const said = { ...right, agree: true, consents: [{ kind: 'communication', value: true, vaule: true }] }
    assert.deepEqual(told(said), { 'agree': 'unknownField', 'consents.0.vaule': 'unknownField' })
  })

  test('A-11 names of a prototype are names like any other', ({ assert }) => {
    const said = JSON.parse('{"email":"a@b.example","agreed":true,"__proto__":{"admin":true},"constructor":{"prototype":{}}}')
    assert.sameMembers(faultsOf(schema, said).map(({ path, code }) => `${path} ${code}`), ['__proto__ unknownField', 'constructor unknownField'])
    assert.isUndefined(({} as { admin?: true }).admin)
  })

  test('A-14 NUL and half a sign are no text', ({ assert }) => {
    assert.deepEqual(told({ ...right, payload: { x: 'a\0b' } }), { 'payload.x': 'brokenText' })
    assert.deepEqual(told({ ...right, payload: { x: '\ud800' } }), { 'payload.x': 'brokenText' })
  })

  test('A-04 ten thousand lists inside each other are one sentence', ({ assert }) => {
    const deep = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000))
    assert.deepEqual(told({ ...right, payload: { x: deep } }), { '': 'tooDeep' })
  })

  test('yes and no are what the document says they are', ({ assert }) => {
    assert.deepEqual(schema.properties!.agreed, { type: 'boolean' })
    assert.deepEqual(schema.properties!.language.enum, ['ru', 'en', null])
  })
})
