import { test } from '@japa/runner'
import { row, sql } from '#core/database'
import { prepareQueues, startWorker, stopWorker } from '#core/jobs'
import { emptied } from '#tests/support/emptied'
import { Onlooker } from '#tests/support/pages/onlooker'
import { aMemberOfStaff } from '#tests/support/staff'

const csv = 'Артикул;Название;Цена\r\nA-1;Молоко;79,90\r\nA-2;Хлеб;дорого\r\nA-3;Соль;15\r\n'

test.group('Importing in a browser', (group) => {
  emptied(group)
  group.setup(async () => {
    await prepareQueues()
    await startWorker()
    return stopWorker
  })

  test('a file goes from the section to its rows', async ({ browser, assert }) => {
    const onlooker = await Onlooker.at(browser, { width: 1440, theme: 'light', locale: 'ru' })
    await onlooker.open('/login')
    await onlooker.signIn(await aMemberOfStaff({ role: 'marketer', locale: 'ru' }))
    const { page } = onlooker

    await onlooker.open('/goods')
    await page.click('a[href="/imports/create?object=good"]')
    await page.setInputFiles('#file', { name: 'товары.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByRole('button', { name: 'Загрузить' }).click()
    await page.getByRole('heading', { level: 1, name: 'товары.csv' }).waitFor()
    await onlooker.shoot('imports/mapping')
    assert.equal(await page.inputValue('[name="fields[code][template]"]'), '')

    await page.selectOption('[name="fields[code][column]"]', 'Артикул')
    await page.selectOption('[name="fields[name][column]"]', 'Название')
    await page.selectOption('[name="fields[price][column]"]', 'Цена')
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page.getByText('Будет создано 2').waitFor()
    await onlooker.shoot('imports/trial')

    await page.getByRole('button', { name: 'Импортировать' }).click()
    await page.getByText('Создано 2').waitFor()
    await onlooker.shoot('imports/done')
    await onlooker.open('/imports')
    await onlooker.shoot('imports/list')
    await onlooker.leave()

    assert.deepEqual(await row(sql`select count(*) as goods from goods`), { goods: 2 })
    assert.deepEqual(onlooker.complaints.heard, [])
  })
})
