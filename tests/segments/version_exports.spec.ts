import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { define, recount } from '#app/segments'
import { execute, row, sql, transaction } from '#core/database'
import { exportJob, findExport } from '#core/exports'
import { prepareQueues, runNow } from '#core/jobs'
import { emptied } from '#tests/support/emptied'
import { exported } from '#tests/support/exported'
import { a, aUser, nobody } from '#tests/support/people'
import { aRole, rolesForgotten, rolesReadAnew } from '#tests/support/roles'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { working } from '#tests/support/working'

test.group('A version of a segment as a file', (group) => {
  emptied(group)
  working(group)
  rolesForgotten(group)
  group.setup(prepareQueues)
  group.each.setup(async () => {
    await execute(sql`truncate users, segments, exports, audit_log cascade`)
  })

  async function aSegment(columns: string[]) {
    const id = await a('segment', { name: 'VIP', object: 'user' })
    const filter = { logic: 'and' as const, of: [{ field: 'isTest', operator: 'equal', value: ['1'] }] }
    await transaction((trx) => define(id, { filter, columns }, nobody, trx))
    return id
  }

  async function signedIn(role: string) {
    const visitor = new Visitor()
    await visitor.signIn((await aMemberOfStaff({ role, locale: 'en' })).email)
    await visitor.get('/segments')
    return visitor
  }

  const someone = (surname: string) => aUser({ surname, birthDate: '1990-02-03', isTest: true })
  const linesOf = (file: Buffer) => parse(file, { bom: true, from: 2, delimiter: ',' }) as string[][]

  test('holds the chosen columns, formulas escaped, and its reason stands in the audit log', async ({ assert }) => {
    const segment = await aSegment(['surname', 'birthDate', 'isTest', 'type'])
    const id = await someone('=HYPERLINK("http://x","Ёж; да")')
    await recount(segment, 'UTC')
    const marketer = await signedIn('marketer')
    const asked = await marketer.get(`/segments/${segment}/versions/1/exports/create`)
    assert.include(asked.words, 'Members of segment “VIP”, version 1')

    const { file } = await exported(marketer, `/segments/${segment}/versions/1/exports`, { delimiter: ',', reason: 'a letter' })
    assert.deepEqual(linesOf(file!), [[String(id), `'=HYPERLINK("http://x","Ёж; да")`, '1990-02-03', '1', 'Standard customer']])
    const told = await row<{ object: string; after: object }>(sql`select object, changes->'after' as after from audit_log where action = 'export'`)
    assert.containSubset(told, { object: 'user', after: { filter: 'Members of segment “VIP”, version 1', reason: 'a letter', rows: 1 } })
  })

  test('of an older version holds those who were in it', async ({ assert }) => {
    const segment = await aSegment([])
    const [stays, leaves] = [await someone('Ан'), await someone('Ян')]
    await recount(segment, 'UTC')
    await execute(sql`update users set is_test = false where id = ${leaves}`)
    const enters = await someone('Ив')
    await recount(segment, 'UTC')
    await execute(sql`update users set is_test = true where id = ${leaves}`)

    const marketer = await signedIn('marketer')
    const ids = async (version: number) => {
      const { file } = await exported(marketer, `/segments/${segment}/versions/${version}/exports`, {})
      return linesOf(file!).map(([id]) => Number(id))
    }
    assert.deepEqual(await ids(1), [stays, leaves])
    assert.deepEqual(await ids(2), [stays, enters])
  })

  test('asks for a reason where there are personal data, and for the right to export segments and their rows', async ({ assert }) => {
    const segment = await aSegment(['surname'])
    await someone('Ан')
    await recount(segment, 'UTC')
    const address = `/segments/${segment}/versions/1/exports`
    const refused = await exported(await signedIn('marketer'), address, { reason: ' ' })
    assert.equal(refused.status, 422)
    assert.include(refused.words!, 'aria-invalid="true"')

    const clerk = await signedIn(await aRole('reader_of_users', { segment: ['read', 'export'], user: ['read'] }))
    assert.notInclude((await clerk.get(`/segments/${segment}/versions`)).words, address)
    assert.equal((await exported(clerk, address, {})).status, 403)

    const other = await signedIn(await aRole('reader_of_segments', { segment: ['read'], user: ['read', 'export'] }))
    assert.equal((await exported(other, address, {})).status, 403)
  })

  test('columns that the person may not see are left out, and a right that is taken away meanwhile counts', async ({ assert }) => {
    const segment = await aSegment(['surname', 'externalId'])
    const id = await someone('Ан')
    await recount(segment, 'UTC')
    const role = await aRole('taker_of_segments', { segment: ['read', 'export'], user: ['read', 'export'] })
    const { file } = await exported(await signedIn(role), `/segments/${segment}/versions/1/exports`, { delimiter: ',', reason: '' })
    assert.deepEqual(linesOf(file!).map(([one, ...rest]) => [Number(one), rest.length]), [[id, 1]])

    await execute(sql`update role_rights set rights = '{read}' where object = 'segment' and role = ${role}`)
    await rolesReadAnew()
    const again = await row<{ id: number }>(
      sql`insert into exports (staff_id, object, view, words, personal) select staff_id, object, view, words, personal from exports returning id`
    )
    await runNow(exportJob, { exportId: again!.id }, { actor: nobody, title: 'again' })
    assert.equal((await findExport(again!.id))!.state, 'failed')
  })
})
