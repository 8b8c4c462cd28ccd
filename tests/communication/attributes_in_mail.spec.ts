import { test } from '@japa/runner'
import { identifier, row, sql, transaction } from '#core/database'
import { edit, objects, plain, readChanges } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { a, aUser, idOf, nobody } from '#tests/support/people'
import { macroProblems } from '../../app/communication/content/checks.js'
import { Parsed } from '../../app/communication/content/engine.js'
import { macroList } from '../../app/communication/content/macro_list.js'
import { type Person } from '../../app/communication/content/person.js'
import { personColumn } from '../../app/communication/content/person_columns.js'
import { contextOf } from '../../app/communication/content/vocabulary.js'

async function personOf(user: number, reads?: (object: string) => boolean) {
  return (await row<{ person: Person }>(sql`select ${personColumn(identifier('u'), reads)} as person from users u where u.id = ${user}`))!.person
}

async function filled(template: string, user: number, reads?: (object: string) => boolean) {
  const context = contextOf(await personOf(user, reads), { address: '', token: '', unsubscribeLink: '' })
  return new Parsed(template, 'html').fill(context)
}

const problems = (template: string) => macroProblems(template, 'html').map(({ params }) => params!.macro)

test.group('Custom fields in a mail', (group) => {
  rolledBack(group)
  group.each.setup(readChanges)
  group.teardown(readChanges)

  const added = { object: 'user', required: false, personal: false }

  test('are told in the language of the customer: {$self}')
    .with(['ru', 'en'] as const)
    .run(async ({ assert }, locale) => {
      await a('attribute', { ...added, name: 'tier', label: 'Уровень', type: 'choice', choices: "gold = Золото | Gold's {1}\nsilver = Серебро" })
      await a('attribute', { ...added, name: 'outlet', label: 'Магазин', type: 'reference', target: 'outlet' })
      await a('attribute', { ...added, name: 'limit', label: 'Лимит', type: 'money' })
      await a('attribute', { ...added, name: 'size', label: 'Размер', type: 'integer' })
      await readChanges()
      const outlet = await a('outlet', { code: 'o', name: 'На Тверской' })
      const id = await aUser({ locale, tier: 'gold', outlet, limit: 125_050, size: 42 })
      const bare = await aUser({ locale })

      const template = '{{ User.Attributes.tier }}; {{ User.Attributes.outlet }}; {{ User.Attributes.limit }}; {{ User.Attributes.size }}'
      const tier = { ru: 'Золото', en: 'Gold&#39;s {1}' }[locale]
      assert.equal(await filled(template, id), `${tier}; На Тверской; 1250.5; 42`)
      assert.equal(await filled(template, bare), '; ; ; ')
      assert.deepEqual(problems(template), [])
    })

  test('lead on to the fields of the row that they point at, further ones too', async ({ assert }) => {
    await a('attribute', { ...added, name: 'shop', label: 'Любимый магазин', type: 'reference', target: 'outlet' })
    await a('attribute', { object: 'outlet', name: 'size', label: 'Площадь', type: 'integer' })
    await a('attribute', { object: 'outlet', name: 'opened', label: 'Открыт', type: 'date' })
    await a('attribute', { object: 'outlet', name: 'kind', label: 'Вид', type: 'choice', choices: 'small = Малый | Small' })
    await a('attribute', { object: 'outlet', name: 'manager', label: 'Управляющий', type: 'text', personal: true })
    await a('attribute', { object: 'outlet', name: 'sells', label: 'Продаёт', type: 'reference', target: 'category' })
    await readChanges()
    const category = await a('category', { code: 'c', name: 'Чай' })
    const shop = await a('outlet', { code: 'o', name: 'На <Тверской>', city: 'Москва', opened: '2020-01-02', kind: 'small', size: 90, manager: 'Пётр', sells: category })
    const id = await aUser({ locale: 'ru', shop })
    const of = (name: string) => `{{ User.Attributes.shop.${name} }}`

    assert.equal(await filled(['size', 'city', 'opened', 'kind', 'sells', 'name'].map(of).join('|'), id), '90|Москва|2020-01-02|Малый|Чай|На &lt;Тверской&gt;')
    assert.equal(await filled(`{% if User.Attributes.shop == 'На <Тверской>' %}yes{% endif %}{{ User.Attributes.shop | upcase }}`, id), 'yesНА &lt;ТВЕРСКОЙ&gt;')
    assert.equal(await filled(of('manager'), id), '', 'personal data of another')
    for (const name of ['constructor', '__proto__', 'valueOf', 'toString', 'hasOwnProperty', 'constructor.constructor']) {
      const said = await filled(of(name), id).catch(() => '')
      assert.notMatch(said, /function|class|object Object/, name)
    }
    assert.equal(await filled(`${of('city')}${of('name')}`, await aUser()), '')
    assert.equal(await filled(`{{ User.Attributes.shop }}: ${of('city')}`, id, () => false), 'На &lt;Тверской&gt;: ', 'an author who may not read outlets')
    assert.deepEqual(problems(`${of('city')}${of('manager')}${of('nothing')}{{ User.Attributes.gone }}`), [
      'User.Attributes.shop.manager', 'User.Attributes.shop.nothing', 'User.Attributes.gone',
    ])
  })

  test('of reference books are reached through the customer', async ({ assert }) => {
    await a('attribute', { object: 'user_status', name: 'gift', label: 'Подарок', type: 'money' })
    await readChanges()
    const status = await idOf('user_status', 'active')
    await transaction((trx) => edit(objects.get('user_status'), status, { gift: 50_000 }, nobody, trx))
    const id = await aUser({ status, locale: 'en' })
    assert.equal(await filled('{{ User.Status }}: {{ User.Status.gift }}, {{ User.Status.code }}', id), 'Active: 500, active')
    assert.deepEqual(problems('{{ User.Status.gift }}{{ User.Status.none }}{{ User.GivenName.size }}'), ['User.Status.none'])
  })

  test('stand in the list of macros, but for what the author may not read', async ({ assert }) => {
    await a('attribute', { ...added, name: 'shop', label: 'Магазин', type: 'reference', target: 'outlet' })
    await a('attribute', { object: 'source', name: 'cost', label: 'Цена', type: 'money' })
    await readChanges()
    const codes = (reads: (object: string) => boolean) => macroList({ ...plain, reads }).flatMap(({ macros }) => macros.map(({ code }) => code))
    const all = codes(() => true)
    assert.includeMembers(all, ['{{ User.Attributes.shop }}', '{{ User.Attributes.shop.city }}', '{{ User.RegistrationSource.cost }}'])
    assert.notInclude(all, '{{ User.RegistrationSource.code }}')
    assert.deepEqual(all.flatMap(problems), [])
    assert.notInclude(codes((name) => name !== 'outlet'), '{{ User.Attributes.shop.city }}')
  })
})
