import { test } from '@japa/runner'
import { identifier, row, sql } from '#core/database'
import { readChanges } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { a, aUser } from '#tests/support/people'
import { personColumn } from '../../app/communication/content/person_columns.js'

test.group('Custom fields in a mail', (group) => {
  rolledBack(group)
  group.each.setup(readChanges)
  group.teardown(readChanges)

  test('are told in the language of the customer: {$self}')
    .with(['ru', 'en'] as const)
    .run(async ({ assert }, locale) => {
      const added = { object: 'user', required: false, personal: false }
      await a('attribute', { ...added, name: 'tier', label: 'Уровень', type: 'choice', choices: "gold = Золото | Gold's {1}\nsilver = Серебро" })
      await a('attribute', { ...added, name: 'outlet', label: 'Магазин', type: 'reference', target: 'outlet' })
      await a('attribute', { ...added, name: 'limit', label: 'Лимит', type: 'money' })
      await a('attribute', { ...added, name: 'size', label: 'Размер', type: 'integer' })
      await readChanges()
      const outlet = await a('outlet', { code: 'o', name: 'На Тверской' })
      const id = await aUser({ locale, tier: 'gold', outlet, limit: 125_050, size: 42 })
      const bare = await aUser({ locale })

      const personOf = (user: number) => row<{ person: { attributes: object } }>(
        sql`select ${personColumn(identifier('u'))} as person from users u where u.id = ${user}`
      )
      const tier = { ru: 'Золото', en: "Gold's {1}" }[locale]
      assert.deepEqual((await personOf(id))!.person.attributes, { tier, outlet: 'На Тверской', limit: '1250.5', size: 42 })
      assert.deepEqual((await personOf(bare))!.person.attributes, {})
    })
})
