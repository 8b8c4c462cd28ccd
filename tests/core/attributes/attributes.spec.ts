import { test } from '@japa/runner'
import i18n from '@adonisjs/i18n/services/main'
import { execute, identifier, row, sql, transaction } from '#core/database'
import { compile, type Group } from '#core/filters'
import { changeObjects, edit, find, InvalidFields, labelOf, objects, plain, readChanges, remove, restore, typedValue, type Reader, type Values } from '#core/objects'
import { a, aUser, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'

const user = () => objects.get('user')

test.group('Attributes', (group) => {
  rolledBack(group)
  group.each.setup(readChanges)
  group.teardown(readChanges)

  async function anAttribute(name: string, type: string, more: Values = {}) {
    const id = await a('attribute', { object: 'user', name, label: name, type, ...more })
    await readChanges()
    return id
  }

  test('are written, read, changed and emptied like any field', async ({ assert }) => {
    await anAttribute('householdSize', 'integer')
    await anAttribute('ageBand', 'text')
    const id = await aUser({ householdSize: 4, ageBand: '45-54' })
    const values = async () => (await find(user(), id, plain, ['householdSize', 'ageBand'])) as Values
    assert.containsSubset(await values(), { householdSize: 4, ageBand: '45-54' })

    await transaction((trx) => edit(user(), id, { householdSize: 5 }, nobody, trx))
    assert.containsSubset(await values(), { householdSize: 5, ageBand: '45-54' })
    await transaction((trx) => edit(user(), id, { ageBand: null }, nobody, trx))
    assert.containsSubset(await values(), { householdSize: 5, ageBand: null })
  })

  test('are compared in their own type', async ({ assert }) => {
    await anAttribute('size', 'integer')
    const big = await aUser({ size: 10 })
    await aUser({ size: 9 })
    await aUser()

    const filter = { logic: 'and' as const, of: [{ field: 'size', operator: 'greater', value: ['9'] }] }
    const where = compile(filter, user(), { timezone: 'UTC' })
    const found = await row(sql`select array_agg(t.id) as ids from ${identifier('users')} t where ${where}`)
    assert.deepEqual(found, { ids: [big] })
  })

  test('do not take the name of a field, nor one that is no name: {$self}')
    .with(['surname', 'Surname', 'a b', "x'y", '__proto__', 'constructor', 'ёж', 'email', 'attributes', 'x'.repeat(41)])
    .run(async ({ assert }, name) => {
      const refused = await a('attribute', { object: 'user', name, label: 'x', type: 'text' }).catch((error) => error)
      assert.instanceOf(refused, InvalidFields)
      assert.property(refused.errors, 'name')
    })

  test('stay while a row holds a value', async ({ assert }) => {
    const id = await anAttribute('income', 'text')
    const someone = await aUser({ income: '35-49K' })
    const deletion = () => transaction((trx) => remove(objects.get('attribute'), id, nobody, trx))
    await assert.rejects(deletion, /AttributeHasValues/)

    await transaction((trx) => edit(user(), someone, { income: null }, nobody, trx))
    await deletion()
    await readChanges()
    assert.isFalse(user().fields.has('income'))
  })

  test('get a name from what people call them', async ({ assert }) => {
    const nameOf = async (label: string) => {
      const id = await a('attribute', { object: 'user', label, type: 'text' })
      return (await row<{ name: string }>(sql`select name from attributes where id = ${id}`))!.name
    }
    assert.equal(await nameOf('Год выпуска'), 'godVypuska')
    await readChanges()
    assert.equal(await nameOf('Год выпуска'), 'godVypuska2')
    assert.equal(await nameOf('"; drop table users'), 'dropTableUsers')
    assert.equal(await nameOf('select'), 'select')
    assert.equal(await nameOf('🙂'), 'field')
  })

  test('speak both languages, whatever signs their words hold', async ({ assert }) => {
    await anAttribute('share', 'integer', { label: "Доля {50%} d'or <b>#</b>", labelEn: null, hint: 'Целое {' })
    const field = objects.field(user(), 'share')
    for (const locale of ['ru', 'en'] as const) assert.equal(labelOf(field, readerIn(locale)), "Доля {50%} d'or <b>#</b>")
    await anAttribute('tier', 'choice', { label: 'Уровень', labelEn: 'Tier', choices: 'Золото | Gold\nsilver = Серебро' })
    const tier = objects.field(user(), 'tier')
    assert.equal(labelOf(tier, readerIn('en')), 'Tier')
    assert.equal(tier.type.show('zoloto' as never, tier, readerIn('en')), 'Gold')
    assert.equal(tier.type.show('silver' as never, tier, readerIn('en')), 'Серебро')
  })

  test('a list of values keeps a value that rows hold, and its words may change', async ({ assert }) => {
    const id = await anAttribute('tier', 'choice', { choices: 'Золото | Gold\nСеребро' })
    await aUser({ tier: 'zoloto' })
    const listed = (choices: string) => transaction((trx) => edit(objects.get('attribute'), id, { choices }, nobody, trx))
    const refused = await listed('Серебро').catch((error) => error)
    assert.equal(refused.errors.choices.code, 'choiceInUse')

    await listed('bronze = Бронза\nzoloto = Золотой')
    await readChanges()
    const tier = objects.field(user(), 'tier')
    assert.deepEqual(tier.values, ['bronze', 'zoloto'])
    assert.equal(tier.type.show('zoloto' as never, tier, readerIn('ru')), 'Золотой')
    assert.throws(() => typedValue(tier, 'serebro', plain), 'choice')
  })

  test('a list is refused where it reads as none: {$i}')
    .with(['', ' \n ', '| x', 'a = x\nA = y', `${'x'.repeat(101)}`, Array.from({ length: 201 }, (_, at) => `v${at}`).join('\n')])
    .run(async ({ assert }, choices) => {
      const refused = await a('attribute', { object: 'user', label: 'x', type: 'choice', choices }).catch((error) => error)
      assert.instanceOf(refused, InvalidFields)
      assert.property(refused.errors, 'choices')
    })

  test('a reference gives the other object a relation, and its card a tab', async ({ assert }) => {
    await anAttribute('outlet', 'reference', { label: 'Любимый магазин', target: 'outlet' })
    const outlet = await a('outlet', { code: 'o-1', name: 'Магазин' })
    const other = await a('outlet', { code: 'o-2', name: 'Другой' })
    const id = await aUser({ outlet })
    assert.containsSubset(await find(user(), id, plain, ['outlet']), { outlet: { id: outlet, title: 'Магазин' } })

    const relation = objects.relation(objects.get('outlet'), 'usersByOutlet')
    assert.equal(relation.object.name, 'user')
    assert.include(objects.get('outlet').tabs, 'related')
    const has = (where: object) => ({ logic: 'and' as const, of: [{ relation: 'usersByOutlet', operator: 'exists', where }] }) as Group
    const named = { logic: 'and', of: [{ field: 'id', operator: 'equal', value: [String(id)] }] }
    const condition = compile(has(named), objects.get('outlet'), { timezone: 'UTC' })
    const found = await row(sql`select array_agg(t.id) as ids from outlets t where ${condition}`)
    assert.deepEqual(found, { ids: [outlet] })

    const dangling = await aUser({ outlet: other + 1000 }).catch((error) => error)
    assert.equal(dangling.errors.outlet.code, 'reference')
  })

  test('a row that points by one at what lies in the trash is not restored', async ({ assert }) => {
    await anAttribute('good', 'reference', { target: 'good' })
    const good = await a('good', { code: 'g-1', name: 'Чай' })
    const id = await aUser({ good })
    await execute(sql`update users set deleted_at = now() where id = ${id}`)
    await execute(sql`update goods set deleted_at = now() where id = ${good}`)
    const refused = await transaction((trx) => restore(user(), id, nobody, trx)).catch((error) => error)
    assert.equal(refused.errors?.good?.code, 'referenceInTrash')
  })

  test('one that points at what is no more is left alone, and nothing fails', async ({ assert }) => {
    await anAttribute('outlet', 'reference', { target: 'outlet' })
    await execute(sql`update attributes set target = 'nothing' where name = 'outlet'`)
    await transaction(changeObjects)
    await readChanges()
    assert.isFalse(user().fields.has('outlet'))
    await aUser()
  })

  test('those that are required are asked for when a row is created', async ({ assert }) => {
    await anAttribute('shoeSize', 'integer', { required: true, place: 'top' })
    assert.include(user().create!, 'shoeSize')
    assert.equal(user().card[0], 'shoeSize')
    assert.throws(() => typedValue(objects.field(user(), 'shoeSize'), '', plain), 'required')
  })
})

const readerIn = (locale: 'ru' | 'en'): Reader => ({ ...plain, locale, t: (key, values) => i18n.locale(locale).t(key, values) })
