import { test } from '@japa/runner'
import { text } from 'node:stream/consumers'
import { define, recount, segmentOf, versionCsv } from '#app/segments'
import { execute, sql, transaction } from '#core/database'
import { type Group } from '#core/filters'
import { plain, type Reader } from '#core/objects'
import { a, aUser, nobody } from '#tests/support/people'

/** COPY runs on a connection of its own, so these rows are really written, and taken away again. */
test.group('CSV of a version', (group) => {
  let segment: number
  let source: number
  const reader: Reader = { ...plain, timezone: 'Europe/Moscow' }

  group.each.setup(async () => {
    source = await a('source', { code: 'csv spec', nameRu: 'Проверка' })
    segment = await a('segment', { name: 'CSV', object: 'user' })
    const filter: Group = { logic: 'and', of: [{ field: 'registrationSource', operator: 'equal', value: [String(source)] }] }
    await transaction((trx) => define(segment, { filter, columns: ['surname', 'birthDate', 'isTest', 'type'] }, nobody, trx))
    return async () => {
      await execute(sql`delete from segments where id = ${segment}`)
      await execute(sql`delete from users where registration_source_id = ${source}`)
      await execute(sql`delete from sources where id = ${source}`)
    }
  })

  const someone = (surname: string) =>
    aUser({ surname, birthDate: '1990-02-03', registrationSource: source, personalDataAgree: false, communicationAgree: false })

  const csv = async (version: number) => text(await versionCsv(await segmentOf(segment), version, reader))

  test('holds the chosen columns, formulas escaped', async ({ assert }) => {
    const id = await someone('=HYPERLINK("http://x","Ёж; да")')
    await recount(segment, 'UTC')

    const [, line] = (await csv(1)).split('\n')
    assert.equal(line, `${id},"'=HYPERLINK(""http://x"",""Ёж; да"")",1990-02-03,0,Standard customer`)
  })

  test('of an older version holds those who were in it', async ({ assert }) => {
    const [stays, leaves] = [await someone('Ан'), await someone('Ян')]
    await recount(segment, 'UTC')
    await execute(sql`update users set registration_source_id = null where id = ${leaves}`)
    const enters = await someone('Ив')
    await recount(segment, 'UTC')
    await execute(sql`update users set registration_source_id = ${source} where id = ${leaves}`)

    const ids = async (version: number) =>
      (await csv(version)).trim().split('\n').slice(1).map((line) => Number(line.split(',')[0])).sort((one, two) => one - two)
    assert.deepEqual(await ids(1), [stays, leaves])
    assert.deepEqual(await ids(2), [stays, enters])
  })
})
