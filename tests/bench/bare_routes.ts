import { createServer } from 'node:http'
import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import type { HttpContext } from '@adonisjs/core/http'
import { execute, row, sql, transaction, type Sql, type Transaction } from '#core/database'
import { bodyOf } from '#core/methods'

/**
 * Routes without the product's own layers, on its server: no source, no session, no limits, no checks, no history of who did what. They read
 * as many rows by an index and write as many rows into the same tables as the method that they stand beside, each table by one statement.
 */
const bare: Record<string, (ctx: HttpContext) => Promise<unknown>> = { info, register, login, batch, changes }

let opened: Promise<string> | undefined

/** The product and the bare routes on one free port; answers its address. */
export const openServer = () => (opened ??= open())

async function open() {
  for (const [path, answer] of Object.entries(bare)) {
    router.post(`/bench/${path}/:id`, async (ctx: HttpContext) => ctx.response.json(await answer(ctx))).use(bodyOf({ bytes: 2 * 1024 * 1024 }))
  }
  const server = await app.container.make('server')
  await server.boot()
  const listening = createServer(server.handle.bind(server)).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  listening.unref()
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

/** One indexed query, one row. */
async function info({ params }: HttpContext) {
  const user = await row(sql`select * from users where id = ${Number(params.id)}`)
  await execute(eventsOf(Number(params.id), ['user.info']))
  return user
}

let registered = 0

/** Five indexed queries; fifteen rows in eleven tables and two rows changed, in one transaction. */
async function register() {
  const value = `bare-${registered++}@example.com`
  const { id: source } = await one(sql`select id from sources where code = 'site'`)
  return transaction(async (trx) => {
    await row(sql`select 1 from identifier_owners where type = 'email' and value = ${value}`, trx)
    await row(sql`select 1 from erased_identifiers where hash = ${value}`, trx)
    const document = await one(sql`select id from consent_documents where kind = 'personal_data' and version = 'bench'`, trx)
    const generator = await one(sql`select id from ticket_generators where identifier_type = 'email' limit 1`, trx)

    const { id } = await one(sql`insert into users (locale, registration_source_id) values ('en', ${source}) returning id`, trx)
    await execute(sql`insert into identifier_owners (type, value, user_id) values ('email', ${value}, ${id})`, trx)
    const identifier = await one(
      sql`insert into user_identifiers (user_id, type, value, confirmed, active) values (${id}, 'email', ${value}, false, false) returning id`,
      trx
    )
    await execute(sql`update user_identifiers set active = true where id = ${identifier.id}`, trx)
    await execute(
      sql`insert into consent_log (user_id, kind, value, document_id, source, source_id) values (${id}, 'personal_data', true, ${document.id}, 'api', ${source})`,
      trx
    )
    await execute(sql`update users set personal_data_agree = true where id = ${id}`, trx)
    await execute(
      sql`insert into audit_log (action, object, record_id, changes, source_id, method)
        select 'create', object, record, '{}', ${source}, 'user/register'
        from (values ('user', ${id}::bigint), ('identifier', ${identifier.id}::bigint)) made (object, record)`,
      trx
    )
    await execute(
      sql`insert into user_tickets (user_id, identifier_id, generator_id, source_id, purpose, expires_at)
        values (${id}, ${identifier.id}, ${generator.id}, ${source}, 'confirm', now() + interval '1 hour')`,
      trx
    )
    await execute(sql`insert into job_runs (job, title, payload) values ('users.carryTicket', 'bench', '{}')`, trx)
    await execute(sql`insert into pgboss.job_common (name, data) values ('users.carryTicket', '{}')`, trx)
    await execute(sql`insert into user_passwords (user_id, hash) values (${id}, ${value})`, trx)
    await execute(sessionOf(id, source), trx)
    await execute(eventsOf(id, ['consent.given', 'ticket.generated', 'user.register']), trx)
    return { userId: id }
  })
}

/** A count of tries, written and forgotten; four indexed queries; two rows in one transaction. */
async function login({ params }: HttpContext) {
  const id = Number(params.id)
  const key = `bare:${Math.random()}`
  const { id: source } = await one(sql`select id from sources where code = 'site'`)
  await row(sql`select i.user_id from user_identifiers i where i.user_id = ${id} and i.type = 'email'`)
  await execute(sql`insert into rate_limits (key, points, expire) values (${key}, 1, 0)`)
  await row(sql`select hash from user_passwords where user_id = ${id}`)
  await execute(sql`delete from rate_limits where key = ${key}`)
  return transaction(async (trx) => {
    await row(sql`select status_id from users where id = ${id}`, trx)
    await execute(sessionOf(id, source), trx)
    await execute(eventsOf(id, ['user.login']), trx)
    return { userId: id }
  })
}

/** A thousand rows and what is told of them, by one statement. */
async function batch({ request }: HttpContext) {
  const rows = JSON.stringify(request.body().rows)
  const written = await row(
    sql`with written as (
        insert into users (external_id, surname, given_name, birth_date, locale)
        select 'bare-' || r."externalId", r.surname, r."givenName", r."birthDate", r.locale
        from jsonb_to_recordset(${rows}::jsonb) as r ("externalId" text, surname text, "givenName" text, "birthDate" date, locale text)
        returning id, external_id
      ), told as (
        insert into audit_log (action, object, record_id, changes) select 'create', 'user', id, jsonb_build_object('after', external_id) from written
      )
      select count(*) from written`
  )
  return written
}

/** A thousand rows that are there, found by their key and changed by one statement, and what each was and is. */
async function changes({ request }: HttpContext) {
  const rows = JSON.stringify(request.body().rows)
  return row(
    sql`with written as (
        update users u set surname = r.surname, given_name = r."givenName", birth_date = r."birthDate", locale = r.locale, updated_at = now()
        from jsonb_to_recordset(${rows}::jsonb) as r ("externalId" text, surname text, "givenName" text, "birthDate" date, locale text)
        where u.external_id = r."externalId" and u.deleted_at is null
        returning u.id, old.given_name as before, new.given_name as after
      ), told as (
        insert into audit_log (action, object, record_id, changes) select 'edit', 'user', id, jsonb_build_object('before', before, 'after', after) from written
      )
      select count(*) from written`
  )
}

const sessionOf = (userId: number, source: number): Sql =>
  sql`insert into user_sessions (user_id, source_id, hash, method, address, agent, idle_days, expires_at)
    values (${userId}, ${source}, sha256(uuidv7()::text::bytea), 'user/login', '127.0.0.1', '', 30, now() + interval '1 year')`

const eventsOf = (userId: number, signals: string[]): Sql =>
  sql`insert into user_events (user_id, occurred_at, event_key, signal, payload)
    select ${userId}::bigint, now(), uuidv7(), signal, '{}' from unnest(${signals}::text[]) signal`

async function one(statement: Sql, trx?: Transaction): Promise<{ id: number }> {
  return (await row<{ id: number }>(statement, trx))!
}
