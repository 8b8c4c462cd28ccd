import { generateKeyPairSync } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { Secret, TOTP } from 'otpauth'
import { execute, identifier, raw, row, rows, sql } from '#core/database'
import { everything } from '#core/filters'
import { methods } from '#core/methods'
import { objects, plain } from '#core/objects'
import { hashOfSecret, newSecret, newSigningSecret, sealed, unsealed } from '#core/secrets'
import { a, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources } from '#tests/support/sources'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { giveKey } from '../../../app/campaigns/sources/source_key.js'
import { giveCallbackSecret } from '../../../app/campaigns/sources/source_callbacks.js'
import { makeKey, rotateKey } from '../../../app/core/access/api_keys/api_key.js'
import { newLink, tokenOf } from '../../../app/core/access/links/link.js'
import { turnOn } from '../../../app/core/access/two_steps/second_step.js'
import { newTotpSecret } from '../../../app/core/access/two_steps/totp.js'
import { writeCsv } from '../../../app/core/exports/write_csv.js'
import { rotateSecret } from '../../../app/integrations/webhooks/secret.js'
import { drawTicket } from '../../../app/users/tickets/draw.js'
import { systemWith } from './support/callers.js'
import { demoShop, Newcomer, say } from './support/newcomer.js'
import { operations } from './support/operations.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

/** Objects with something to hide: their lists, cards, forms and histories are looked through. */
const HIDING = ['source', 'webhook', 'social_provider', 'mail_provider', 'api_key', 'user_session', 'ticket', 'user', 'staff', 'audit_entry', 'job_run', 'user_event']

/**
 * Every column whose name tells of a secret, with the canary that lies in it. One that is missing here fails the test: plant something in it, or say
 * that it hides nothing.
 */
const COLUMNS: Record<string, string> = {
  'api_keys.hash': 'systemKey',
  'api_keys.former_hash': 'formerSystemKey',
  'mail_providers.password': 'mail_provider.password',
  'mail_providers.dkim_key': 'mail_provider.dkimKey',
  'mail_providers.webhook_secret': 'mail_provider.webhookSecret',
  'social_logins.state_hash': 'socialState',
  'social_logins.proof': 'socialState',
  'social_providers.client_secret': 'social_provider.clientSecret',
  'sources.key_hash': 'sourceKey',
  'sources.former_key_hash': 'formerSourceKey',
  'sources.callback_secret': 'callback',
  'sources.former_callback_secret': 'formerCallback',
  'staff.password': 'staff.password',
  'staff_links.hash': 'staffLink',
  'staff_recovery_codes.hash': 'recoveryCode',
  'staff_second_factors.secret': 'secondFactor',
  'user_passwords.hash': 'customersPassword',
  'user_sessions.hash': 'token',
  'user_tickets.code_hash': 'ticketLink',
  'user_tickets.link_hash': 'ticketLink',
  'webhooks.secret': 'webhook.signingSecret',
  'webhooks.former_secret': 'formerSigning',
}

/** Prints of what others may read, and the names of filters in addresses. */
const NO_SECRETS = ['consent_documents.text_hash', 'consent_log.text_hash', 'erased_identifiers.hash', 'stored_filters.hash']

test.group('Secrets', (group) => {
  rolledBack(group)
  callingSources(group)
  group.each.setup(demoShop)

  /** One of each kind, as somebody has typed it or was shown it once; those of fields by their names. */
  async function planted(): Promise<Record<string, string>> {
    const typed = {
      'social_provider.clientSecret': 'canary-of-the-provider',
      'mail_provider.password': 'canary-of-the-mail-password',
      'mail_provider.dkimKey': generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      'mail_provider.webhookSecret': newSigningSecret(),
      'staff.password': 'canary-of-a-colleague',
    }
    await a('social_provider', { name: 'Other', code: 'other', issuer: 'https://other.example', clientId: 'x', clientSecret: typed['social_provider.clientSecret'], scopes: 'openid', active: true })
    await a('mail_provider', {
      name: 'Relay', kind: 'smtp', host: 'mail.example', dkimDomain: 'mail.example', dkimSelector: 'a',
      password: typed['mail_provider.password'], dkimKey: typed['mail_provider.dkimKey'], webhookSecret: typed['mail_provider.webhookSecret'],
    })
    const webhook = await a('webhook', { name: 'CRM', url: 'https://crm.example/hook' })
    const formerSigning = await signingSecretOf(webhook)
    await rotateSecret(webhook, 24, nobody)
    const site = await idOf('source', 'site')
    const [formerSourceKey, sourceKey] = [await giveKey(site, 0, nobody), await giveKey(site, 24, nobody)]
    const [formerCallback, callback] = [await giveCallbackSecret(site, 0, nobody), await giveCallbackSecret(site, 24, nobody)]
    const socialState = newSecret()
    await execute(
      sql`insert into social_logins (state_hash, provider_id, source_id, proof, expires_at)
        select ${hashOfSecret(socialState)}, max(id), ${site}, ${sealed(socialState)}, now() + interval '10 minutes' from social_providers`
    )
    return {
      ...typed, socialState,
      'webhook.signingSecret': await signingSecretOf(webhook),
      formerSigning, formerSourceKey, sourceKey, formerCallback, callback,
      ...(await ofCustomers()), ...(await ofStaff(typed['staff.password'])), ...(await ofSystems()),
    }
  }

  const signingSecretOf = async (id: number) => unsealed((await row<{ secret: string }>(sql`select secret from webhooks where id = ${id}`))!.secret)!

  async function ofCustomers() {
    await execute(sql`update ticket_generators set kind = 'both', charset = 'both', length = 12, link_url = 'https://shop.example/{link}' where identifier_type = 'email'`)
    const anna = await Newcomer.registers(methods.get('user/register'))
    const input = methods.get('user/login').example.input as { password: string }
    const { body } = await say('user/login', input, { 'idempotency-key': 'kept' })
    const ticket = await row<{ id: number }>(sql`select max(t.id) as id from user_tickets t join user_identifiers i on i.id = t.identifier_id where t.user_id = ${anna.id} and i.type = 'email'`)
    const { code, url } = (await drawTicket(ticket!.id))!.message
    return { token: body.token as string, customersPassword: input.password, ticketCode: code!, ticketLink: new URL(url!).pathname.slice(1) }
  }

  async function ofStaff(password: string) {
    const { id } = await aMemberOfStaff({ password })
    const secondFactor = newTotpSecret()
    const code = new TOTP({ secret: Secret.fromBase32(secondFactor) }).generate()
    const [recoveryCode] = await turnOn(id, secondFactor, code, { staffId: id })
    return { secondFactor, recoveryCode, staffLink: (await tokenOf(await newLink(id, 'restore')))!.token }
  }

  async function ofSystems() {
    const { id, written } = await makeKey({ name: 'Shop', scopes: [], networks: null, expiresAt: null }, nobody)
    return { formerSystemKey: written, systemKey: await rotateKey(id, 24, nobody) }
  }

  test('S-07 every secret that is declared, and every column that is named like one, has a canary', async ({ assert }) => {
    const declared = objects.all().flatMap(({ name, fields }) => [...fields.values()].filter(({ secret }) => secret).map((field) => `${name}.${field.name}`))
    const canaries = await planted()
    assert.isNotEmpty(declared)
    assert.deepEqual(declared.filter((name) => !(name in canaries)), [], 'plant one in each')

    const named = await rows<{ name: string }>(
      sql`select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and a.atttypid in ('text'::regtype, 'bytea'::regtype) and a.attname ~ '(secret|password|hash|token|proof|dkim_key|credential|sealed)' order by 1`
    )
    const known = [...Object.keys(COLUMNS), ...NO_SECRETS]
    assert.deepEqual(named.map(({ name }) => name).filter((name) => !known.includes(name)), [], 'plant a canary in it and name it in COLUMNS')
    assert.deepEqual(known.filter((name) => !named.some((one) => one.name === name)), [], 'columns that are no more')
    const empty = []
    for (const [name, canary] of Object.entries(COLUMNS)) {
      const [table, column] = name.split('.')
      const kept = await row(sql`select from ${identifier(table)} where ${identifier(column)} is not null limit 1`)
      if (!kept || !(canary in canaries)) empty.push(name)
    }
    assert.deepEqual(empty, [], 'nothing was planted there')
  })

  test('S-07 of a canary in every secret nothing is on any page, in any record, file, table, event, log of changes or payload of a job', async ({ assert }) => {
    const secrets = await planted()
    /** Of a key in many lines one line is enough to know it by. */
    secrets['mail_provider.dkimKey'] = secrets['mail_provider.dkimKey'].split('\n')[1]
    assert.deepEqual(Object.entries(secrets).filter(([, secret]) => typeof secret !== 'string' || secret.length < 12), [])
    const found: string[] = []
    const look = (text: string, where: string) => {
      for (const [name, secret] of Object.entries(secrets)) if (text.includes(secret)) found.push(`${name} in ${where}`)
    }

    const boss = new Visitor()
    await boss.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    for (const name of HIDING) {
      const { path, table } = objects.get(name)
      const newest = (await row<{ id: number | null }>(sql`select max(id) as id from ${identifier(table)}`))?.id
      for (const page of [`/${path}`, ...(newest ? [`/${path}/${newest}`, `/${path}/${newest}/edit`, `/${path}/${newest}/history`, `/${path}/${newest}/tab/history`] : [])]) {
        look((await boss.get(page)).words, page)
      }
    }

    const key = { ...(await systemWith()), 'content-type': 'application/json' }
    for (const { verb, path, operation } of operations()) {
      if (!operation.operationId.endsWith('_search')) continue
      look(await (await fetch(home + path, { method: verb, headers: key, body: '{}' })).text(), path)
    }

    for (const object of objects.all()) {
      const view = { filter: everything, search: '', sort: 'id', columns: [...object.fields.keys()], format: 'csv' as const, delimiter: ';' as const }
      const { chunks } = writeCsv({ object, view, reader: plain, onRows: async () => {} })
      look(String(await buffer(chunks)), `a file of ${object.name}`)
    }

    /** As text, and as bytes. */
    const spelt = Object.values(secrets).flatMap((secret) => [`%${secret}%`, `%${Buffer.from(secret).toString('hex')}%`])
    for (const { table } of await tables()) {
      const kept = await rows<{ text: string }>(sql`select t::text as text from ${raw(table)} t where t::text like any(${spelt}::text[]) limit 1`)
      for (const { text } of kept) found.push(`a row of ${table}: ${text}`)
    }
    assert.deepEqual(found, [])
  }).timeout(60_000)
})

/** All of them, those of the queue as well. */
function tables() {
  return rows<{ table: string }>(
    sql`select c.oid::regclass::text as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition`
  )
}
