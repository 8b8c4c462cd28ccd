import { buffer } from 'node:stream/consumers'
import { inflateRawSync } from 'node:zlib'
import { test } from '@japa/runner'
import { merge, MergedFurther, recordConsent, undoMerge, wasErased } from '#app/users'
import { execute, identifier, row, rows, sql, transaction } from '#core/database'
import { read, store } from '#core/files'
import { readerWith } from '#core/http'
import { runNow, type Job } from '#core/jobs'
import { edit, type InvalidFields, objects, readChanges, worded } from '#core/objects'
import { personal } from '#core/personal'
import { signals } from '#core/signals'
import { privacyJob } from '../../app/users/erasure/privacy_job.js'
import { privacyUpkeepJob } from '../../app/users/erasure/upkeep_job.js'
import { recountPeople } from '../../app/users/merge/figures.js'
import { importRules } from '../../app/users/import_users.js'
import { eraseUser } from '#tests/support/erased'
import { a, aReceipt, aUser, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'

/** Nobody else has a word of these. */
const canary = { surname: 'Канареечкина', givenName: 'Кеныря', email: 'kanar.eika@canary.example', phone: '+79161237788', card: '770077007700', note: 'Любит кенаря' }
const words = [canary.surname, canary.givenName, canary.email, canary.phone, '9161237788', canary.card, canary.note, '203.0.113.77']

/** Everywhere where somebody may leave something behind. */
async function aCanary() {
  await a('attribute', { object: 'user', name: 'likes', label: 'Любит', type: 'text', personal: true })
  await readChanges()
  const user = await aUser({ surname: canary.surname, givenName: canary.givenName, birthDate: '1990-02-03', externalId: 'CANARY-X1', likes: canary.note })
  const identifiers: number[] = []
  for (const type of ['email', 'phone', 'card'] as const) identifiers.push(await a('identifier', { user, type, value: canary[type], confirmed: true }))
  await transaction((trx) => edit(objects.get('user'), user, { middleName: `${canary.givenName}-2` }, nobody, trx))
  const receipt = await aReceipt(user)
  await execute(sql`insert into webhooks (name, url, secret) values ('Shop', 'https://hook.example', 's')`)
  await recordConsent({ userId: user, kind: 'communication', value: false }, { source: 'api', ip: '203.0.113.77' })
  await recordConsent({ userId: user, kind: 'communication', value: true }, { source: 'api', ip: '203.0.113.77' })
  await execute(sql`insert into user_events (user_id, occurred_at, event_key, signal, payload)
    values (${user}, now(), uuidv7(), 'mail.clicked', ${JSON.stringify({ url: `https://x.example/?n=${canary.email}`, communicationId: 5 })}::jsonb)`)
  const communication = await a('communication', { name: 'Письмо', subject: 'Привет' })
  const send = await row<{ id: number }>(sql`insert into sends (communication_id) values (${communication}) returning id`)
  await execute(sql`insert into deliveries (send_id, communication_id, user_id, identifier_id, address, answer)
    values (${send!.id}, ${communication}, ${user}, ${identifiers[0]}, ${canary.email}, ${`550 ${canary.email} unknown`})`)
  await execute(sql`insert into reactions (user_id, identifier_id, send_id, communication_id, kind, user_agent, note)
    values (${user}, ${identifiers[0]}, ${send!.id}, ${communication}, 'open', ${`Mail of ${canary.surname}`}, ${canary.email})`)
  await execute(sql`insert into inbox_messages (sender, recipient, subject, size, raw)
    values ('shop@example.com', ${canary.email}, ${`Здравствуйте, ${canary.givenName}`}, 10, ${Buffer.from(canary.surname)})`)
  await a('stop_list_entry', { type: 'phone', value: canary.phone, reason: canary.surname })
  await execute(sql`insert into job_runs (job, title, payload) values ('x', ${`Письмо для ${canary.email.toUpperCase()}`}, ${JSON.stringify({ phone: canary.phone, to: 79161237788 })}::jsonb)`)
  await execute(sql`insert into stored_filters (hash, object, filter) values ('canary', 'user', ${JSON.stringify({ value: [canary.surname] })}::jsonb)`)
  await execute(sql`insert into pgboss.job (name, data) select name, ${JSON.stringify({ email: canary.email })}::jsonb from pgboss.queue limit 1`)
  const staff = await aMemberOfStaff({ role: 'administrator' })
  const file = await store([Buffer.from(`id;${canary.email}`)] as unknown as AsyncIterable<Buffer>, { name: 'list.csv' })
  await execute(sql`insert into exports (staff_id, object, view, words, personal, state, file_id)
    values (${staff.id}, 'user', '{}', ${`surname is ${canary.surname}`}, true, 'done', ${file})`)
  await leaveInFilesAndLogs(user)
  return { user, receipt, staff }
}

/** A paper that was sent, a file that was loaded with its rejected lines, what was told to others and answered to them, lines of a job. */
async function leaveInFilesAndLogs(user: number) {
  const kept = (name: string) => store([Buffer.from(`${canary.surname};${canary.phone}`)] as unknown as AsyncIterable<Buffer>, { name })
  const [paper, loaded, rejected] = [await kept(`${canary.surname}.pdf`), await kept('customers.csv'), await kept('rejected.csv')]
  await execute(sql`insert into user_documents (user_id, file_id, name, comment) values (${user}, ${paper}, ${`${canary.surname}.pdf`}, ${canary.note})`)
  const load = await row<{ id: number }>(sql`insert into imports (name, object, file_id, reject_file_id, settings, trial, state)
    values (${`${canary.surname}.csv`}, 'user', ${loaded}, ${rejected}, '{}', ${JSON.stringify({ rows: [[canary.email]] })}::jsonb, 'done') returning id`)
  await execute(sql`insert into import_rejects (import_id, line, reasons) values (${load!.id}, 2, ${JSON.stringify([{ value: canary.phone }])}::jsonb)`)
  const run = await row<{ id: number }>(sql`insert into job_runs (job, title, error) values ('x', 'x', ${`Cannot write ${canary.card}`}) returning id`)
  await execute(sql`insert into job_log (run_id, line) values (${run!.id}, ${`${canary.email}: 550`})`)
  await execute(sql`insert into method_answers (caller, key, question, answer) values (${`1|server||${user}`}, 'k', sha256('x'), ${canary.note})`)
  const told = await row<{ id: number }>(sql`insert into webhook_messages (webhook_id, user_id, event_key, signal, body, state, reason)
    select id, ${user}, uuidv7(), 'user.edit', ${JSON.stringify({ email: canary.email })}::jsonb, 'delivered', ${canary.email} from webhooks limit 1 returning id`)
  await execute(sql`insert into webhook_tries (message_id, milliseconds, answer, reason) values (${told!.id}, 5, ${`unknown ${canary.phone}`}, ${canary.surname})`)
  await execute(sql`insert into identifier_requests (user_id, type, value, former, comment) values (${user}, 'email', ${canary.email}, ${canary.phone}, ${canary.note})`)
  await execute(sql`insert into privacy_requests (user_id, kind, reason, source, answer, state)
    values (${user}, 'export', ${`${canary.surname} ${canary.givenName} asked by ${canary.phone}`}, 'back_office', ${canary.note}, 'done')`)
}

/** Every column of every table that holds text, read as text: what a dump would hold. */
async function leftBehind() {
  const columns = await rows<{ table: string; column: string; type: string }>(
    sql`select c.oid::regclass::text as "table", a.attname as "column", format_type(a.atttypid, null) as type
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace) and c.relkind = 'r'
        and format_type(a.atttypid, null) in ('text', 'jsonb', 'bytea', 'text[]', 'character varying', 'date', 'timestamp with time zone')`
  )
  const hits: string[] = []
  for (const { table, column, type } of columns.filter(({ type: kind }) => !kind.startsWith('date') && !kind.startsWith('timestamp'))) {
    const text = type === 'bytea' ? sql`encode(t.${identifier(column)}, 'escape')` : sql`t.${identifier(column)}::text`
    const spelled = type === 'bytea' ? words.map((word) => escaped(word)) : words
    const met = await rows(
      sql`select 1 from ${identifier(...table.replaceAll('"', '').split('.'))} t
        where exists (select from unnest(${spelled}::text[]) w where strpos(lower(${text}), lower(w)) > 0) limit 1`
    )
    if (met.length) hits.push(`${table}.${column}`)
  }
  return hits
}

/** As `encode(…, 'escape')` writes bytes. */
const escaped = (word: string) => [...Buffer.from(word)].map((byte) => (byte > 127 ? `\\${byte.toString(8)}` : String.fromCharCode(byte))).join('')

test.group('Erasure', (group) => {
  rolledBack(group)
  group.each.teardown(() => readChanges())

  test('M-08 an erased person is nowhere any more, and what they did stays under a number', async ({ assert }) => {
    const { user, receipt, staff } = await aCanary()
    assert.isAbove((await leftBehind()).length, 12)
    const act = await eraseUser(user, 'letter of 1 May', { staffId: staff.id })
    assert.deepEqual(await leftBehind(), [])

    const stays = await row(sql`select u.surname, u.birth_date, u.external_id, s.code as status, u.erased_at is not null as erased,
        u.personal_data_agree or u.communication_agree as agrees,
        (select count(*) from receipts where user_id = u.id and id = ${receipt})::int as receipts,
        (select count(*) from deliveries where user_id = u.id)::int as sends, (select count(*) from consent_log where user_id = u.id)::int > 4 as words,
        (select payload from user_events where user_id = u.id and signal = 'mail.clicked') as clicked
      from users u join user_statuses s on s.id = u.status_id where u.id = ${user}`)
    assert.deepEqual(stays, {
      surname: null, birth_date: null, external_id: null, status: 'deleted', erased: true, agrees: false, receipts: 1, sends: 1, words: true,
      clicked: { communicationId: 5 },
    })
    const written = await row<{ number: string; destroyed: { what: string }[]; extract: unknown[]; years: number }>(
      sql`select number, destroyed, extract, extract(year from age(keep_until, current_date))::int as years from erasure_acts where id = ${act}`
    )
    assert.equal(written!.years, 3)
    assert.includeMembers(written!.destroyed.map(({ what }) => what), ['users', 'user_identifiers', 'audit_log', 'deliveries', 'exportedFiles', 'caughtLetters'])
    assert.isAbove(written!.extract.length, 3)
    await assert.rejects(() => transaction((trx) => execute(sql`update audit_log set changes = '{}' where record_id = ${user}`, trx)), /only ever added/)
  })

  test('M-08 other systems still hear that they must stop, and nothing more', async ({ assert }) => {
    const { user } = await aCanary()
    await eraseUser(user, 'asked', nobody)
    const told = await rows<{ signal: string; kind: string }>(
      sql`select signal, body #>> '{data,values,kind}' as kind from webhook_messages where user_id = ${user} and state = 'waiting' order by id`
    )
    const last = (kind: string) => ({ signal: 'consent.withdrawn', kind })
    assert.deepEqual(told.slice(-2), [last('communication'), last('personal_data')])
    assert.deepEqual([...new Set(told.map(({ signal }) => signal))], ['consent.withdrawn'])
  })

  test('M-08 journals of merges hold nothing of who is erased, even of those undone, and are in no file of the other', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser()]
    const moved = JSON.stringify({ fields: { after: { surname: canary.surname } } })
    await execute(sql`insert into user_merges (user_id, merged_id, moved, undone_at) values (${into}, ${from}, ${moved}::jsonb, now())`)
    const { personPages } = await import('../../app/users/person_file/person_pages.js')
    const journal = (await personPages([into])).find(({ table }) => table === 'user_merges')
    assert.lengthOf(journal!.rows, 1)
    assert.notProperty(journal!.rows[0], 'moved')
    await eraseUser(from, 'asked', nobody)
    assert.deepEqual(await rows(sql`select moved from user_merges where merged_id = ${from}`), [{ moved: {} }])
  })

  test('M-08 whoever was erased is asked before they are kept again: by hand and by import', async ({ assert }) => {
    const user = await aUser()
    await a('identifier', { user, type: 'email', value: canary.email, confirmed: true })
    await eraseUser(user, 'asked', nobody)
    assert.isTrue(await wasErased('email', canary.email))

    const again = await aUser({ personalDataAgree: false })
    const error = await a('identifier', { user: again, type: 'email', value: canary.email }).then(() => null, (refused: InvalidFields) => refused)
    assert.equal(error?.errors.value.code, 'erased')
    const stage = sql`(select 1::bigint as line, ${again}::bigint as id, 'k' as key, ${canary.email} as email)`
    assert.deepInclude(await rows(importRules.refuse!(stage, ['email'])), { line: 1, field: 'email', code: 'erased' })

    await recordConsent({ userId: again, kind: 'personal_data', value: true }, { source: 'api' })
    await a('identifier', { user: again, type: 'email', value: canary.email })
    assert.isFalse(await wasErased('email', canary.email))
  })

  test('M-08 somebody who was merged is erased whole, by whichever id, and the merge is undone no more', async ({ assert }) => {
    const { user, staff } = await aCanary()
    const [other, third] = [await aUser({ surname: canary.surname }), await aUser()]
    await a('identifier', { user: other, type: 'email', value: 'other.kanar@canary.example', confirmed: true })
    const first = await merge({ from: user, into: other }, nobody)
    const second = await merge({ from: other, into: third }, nobody)
    await eraseUser(user, 'the lady of flat 5 wrote', { staffId: staff.id })
    assert.deepEqual(await row(sql`select reason from privacy_requests where user_id = ${user} order by id desc limit 1`), { reason: 'struck' })
    assert.deepEqual(await leftBehind(), [])
    const now = await rows(sql`select surname, erased_at is not null as erased from users where id = any(${[user, other, third]}::bigint[])`)
    assert.deepEqual(now, Array.from({ length: 3 }, () => ({ surname: null, erased: true })))
    for (const type of ['email', 'phone', 'card'] as const) assert.isTrue(await wasErased(type, canary[type]))
    assert.isTrue(await wasErased('email', 'other.kanar@canary.example'))
    for (const id of [second, first]) await assert.rejects(() => undoMerge(id, nobody), MergedFurther as never)
    assert.deepEqual(await row(sql`select reason from erasure_acts order by id desc limit 1`), { reason: 'struck' })
    assert.lengthOf(await rows(sql`select 1 from receipts where user_id = ${user}`), 1)
  })

  test('M-08 what was at work with a file while somebody was erased leaves it behind no longer than the next day', async ({ assert }) => {
    const user = await aUser()
    const kept = (name: string) => store([Buffer.from(canary.email)] as unknown as AsyncIterable<Buffer>, { name })
    const [running, draft, fresh] = [await kept('running.csv'), await kept('draft.csv'), await kept('fresh.csv')]
    const load = (file: number, state: string, age: string) =>
      execute(sql`insert into imports (name, object, file_id, settings, state, created_at, updated_at)
        values ('x.csv', 'user', ${file}, '{}', ${state}, now() - ${age}::interval, now() - ${age}::interval)`)
    await load(running, 'running', '1 hour')
    await load(draft, 'draft', '8 days')
    const staff = await aMemberOfStaff({ role: 'administrator' })
    await execute(sql`insert into exports (staff_id, object, view, words, personal, state) values (${staff.id}, 'user', '{}', '', true, 'running')`)
    await eraseUser(user, 'asked', nobody)
    assert.deepEqual(await rows(sql`select state from exports`), [{ state: 'expired' }])

    await execute(sql`update imports set state = 'done' where file_id = ${running}`)
    await load(fresh, 'done', '0 minutes')
    await runNow(privacyUpkeepJob as Job, {}, { actor: nobody, title: 'x' })
    assert.deepEqual(await rows(sql`select name from files order by id`), [{ name: 'fresh.csv' }])
  })

  test('words that others bear stay theirs', async ({ assert }) => {
    const [gone, other] = [await aUser({ surname: 'Смирнова', givenName: 'Анна' }), await aUser({ surname: 'Смирнова', givenName: 'Ольга' })]
    await execute(sql`insert into job_runs (job, title) values ('x', 'Письмо: Смирнова Ольга; Смирнова Анна')`)
    await eraseUser(gone, 'asked', nobody)
    assert.deepEqual(await row(sql`select surname from users where id = ${other}`), { surname: 'Смирнова' })
    assert.deepEqual(await row(sql`select title from job_runs where job = 'x'`), { title: 'Письмо: Смирнова Ольга; •••' })
  })
})

test.group('The file of a person', (group) => {
  rolledBack(group)
  group.each.teardown(() => readChanges())

  test('M-09 it holds everything that tables declare, in words and for programs, and nothing secret', async ({ assert }) => {
    const { user, staff } = await aCanary()
    const request = await row<{ id: number }>(
      sql`insert into privacy_requests (user_id, kind, reason, source) values (${user}, 'export', 'letter', 'back_office') returning id`
    )
    await runNow(privacyJob as Job, { requestId: request!.id, staffId: staff.id }, { actor: { staffId: staff.id }, title: 'x' })
    const done = await row<{ state: string; file_id: number }>(sql`select state, file_id from privacy_requests where id = ${request!.id}`)
    assert.equal(done!.state, 'done')
    const { personPages } = await import('../../app/users/person_file/person_pages.js')
    const { reader } = await import('#tests/bench/reader')
    const pages = await personPages([user])
    const all = JSON.stringify(pages)
    for (const word of [canary.surname, canary.email, canary.phone, canary.card, canary.note, '203.0.113.77']) assert.include(all, word)
    const { pageInWords } = await import('../../app/users/person_file/page_in_words.js')
    const told = await Promise.all(pages.map((page) => pageInWords(page, reader)))
    for (const { heads, rows: lines } of told) for (const one of lines) assert.lengthOf(one, heads.length)
    const ofUser = told[pages.findIndex(({ table }) => table === 'users')]
    assert.notMatch(JSON.stringify(ofUser), /"(true|false)"|\d\dT\d\d:|_at"|_id"/)
    const tables = pages.map(({ table }) => table)
    assert.includeMembers(tables, ['users', 'user_identifiers', 'consent_log', 'receipts', 'deliveries', 'reactions', 'user_events'])
    assert.notInclude(tables, 'identifier_owners')
    assert.lengthOf(await rows(sql`select 1 from audit_log where action = 'export' and object = 'user' and record_id = ${user}`), 1)
  })

  test('M-09 it is in the language that was asked for, else the customer\'s own, else the company\'s; money, dates and further fields in words', async ({ assert }) => {
    await a('attribute', { object: 'user', name: 'vip', label: 'Особый гость', type: 'flag' })
    await readChanges()
    const staff = await aMemberOfStaff({ role: 'administrator', locale: 'ru' })
    const [english, silent] = [await aUser({ locale: 'en', birthDate: '1990-02-03', vip: true }), await aUser()]
    await aReceipt(english, { total: 188_231 })
    await transaction((trx) => recountPeople([english], trx))
    const fileOf = async (user: number, locale: string | null) => {
      const request = await row<{ id: number }>(
        sql`insert into privacy_requests (user_id, kind, reason, source, locale) values (${user}, 'export', 'letter', 'back_office', ${locale}) returning id`
      )
      await runNow(privacyJob as Job, { requestId: request!.id, staffId: staff.id }, { actor: { staffId: staff.id }, title: 'x' })
      const file = await row<{ id: number }>(sql`select file_id as id from privacy_requests where id = ${request!.id}`)
      return unpacked(file!.id)
    }
    const own = await fileOf(english, null)
    assert.include(own['person.html'], '<html lang="en">')
    for (const told of ['3 Feb 1990', '₽1,882.31', '<dt>Особый гость</dt><dd>Yes</dd>', '1 Jun 2026']) assert.include(own['person.html'], told)
    assert.notInclude(own['person.html'], '188231')
    assert.deepInclude(JSON.parse(own['person.json']).receipts[0], { user_id: english, total: 188_231 })
    assert.include((await fileOf(english, 'ru'))['person.html'], '1 882,31 ₽'.replaceAll(' ', '\u00a0'))
    assert.include((await fileOf(silent, null))['person.html'], '<html lang="ru">')
  })

  test('M-09 every column of every table that is in it has words, and so has everything that an event says', async ({ assert }) => {
    const { headOf } = await import('../../app/users/person_file/page_in_words.js')
    const { objectOf } = await import('../../app/users/person_file/person_pages.js')
    const { nameOfValue } = await import('../../app/users/person_file/data_in_words.js')
    const exported = personal.tables().filter(({ unexported }) => !unexported)
    const columns = await rows<{ table: string; column: string }>(
      sql`select c.relname as "table", a.attname as "column" from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relname = any(${exported.map(({ table }) => table)}::text[])`
    )
    for (const locale of ['ru', 'en'] as const) {
      const reader = readerWith({ locale, timezone: 'UTC' }, { knows: () => true, reads: () => true })
      const silent = columns.filter(({ table, column }) => {
        const hidden = exported.find((one) => one.table === table)!.hidden ?? []
        return column !== 'attributes' && !hidden.includes(column) && headOf(table, column, reader) === column
      })
      assert.deepEqual(silent.map(({ table, column }) => `${table}.${column}`), [], 'personFile.columns')
      const nameless = exported.filter(({ table }) => !objectOf(table) && !worded(reader, `personal.tables.${table}`))
      assert.deepEqual(nameless.map(({ table }) => table), [], 'personal.tables')
      const values = [...new Set(signals.all().flatMap(({ payload }) => Object.keys(payload)))]
      assert.deepEqual(values.filter((name) => nameOfValue(name, reader) === name), [], 'personFile.values')
    }
  })
})

/** The files in a zip, as text. */
async function unpacked(fileId: number): Promise<Record<string, string>> {
  const zip = await buffer(read(fileId))
  const files: Record<string, string> = {}
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name, extra] = [zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28)]
    const start = at + 30 + name + extra
    files[zip.toString('utf8', at + 30, at + 30 + name)] = inflateRawSync(zip.subarray(start, start + size)).toString()
    at = start + size
  }
  return files
}
