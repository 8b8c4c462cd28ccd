import { test } from '@japa/runner'
import { identifier, raw, row, rows, sql } from '#core/database'
import { methods } from '#core/methods'
import { objects } from '#core/objects'
import { newSigningSecret, unsealed } from '#core/secrets'
import { a, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources } from '#tests/support/sources'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { giveKey } from '../../../app/campaigns/sources/source_key.js'
import { giveCallbackSecret } from '../../../app/campaigns/sources/source_callbacks.js'
import { systemWith } from './support/callers.js'
import { demoShop, Newcomer, say } from './support/newcomer.js'
import { operations } from './support/operations.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

/** Objects with something to hide: their lists, cards, forms and histories are looked through. */
const HIDING = ['source', 'webhook', 'social_provider', 'mail_provider', 'api_key', 'user_session', 'ticket', 'user', 'staff', 'audit_entry', 'job_run', 'user_event']

test.group('Secrets', (group) => {
  rolledBack(group)
  callingSources(group)
  group.each.setup(demoShop)

  /** One of each kind, as somebody has typed it or was shown it once. */
  async function planted(): Promise<Record<string, string>> {
    const typed = { clientSecret: 'canary-of-the-provider', password: 'canary-of-the-mail-password', webhookSecret: newSigningSecret() }
    await a('social_provider', { name: 'Other', code: 'other', issuer: 'https://other.example', clientId: 'x', clientSecret: typed.clientSecret, scopes: 'openid', active: true })
    await a('mail_provider', { name: 'Relay', kind: 'smtp', host: 'mail.example', password: typed.password, webhookSecret: typed.webhookSecret })
    await a('webhook', { name: 'CRM', url: 'https://crm.example/hook' })
    const site = await idOf('source', 'site')
    const [sourceKey, callback] = [await giveKey(site, 0, nobody), await giveCallbackSecret(site, 0, nobody)]
    const anna = await Newcomer.registers(methods.get('user/register'))
    const input = methods.get('user/login').example.input
    const login = await say('user/login', input, { 'idempotency-key': 'kept' })
    await anna.letterFor('user/loginWithoutPassword')
    const signing = await row<{ secret: string }>(sql`select secret from webhooks order by id desc limit 1`)
    return {
      ...typed,
      sourceKey,
      callback,
      token: login.body.token,
      customersPassword: (input as { password: string }).password,
      systemKey: (await systemWith()).authorization.slice('Bearer '.length),
      signing: unsealed(signing!.secret)!,
    }
  }

  test('S-07 of a canary in every secret nothing is on any page, in any record, in any table, event, log of changes or payload of a job', async ({ assert }) => {
    const secrets = await planted()
    assert.deepEqual(Object.entries(secrets).filter(([, secret]) => typeof secret !== 'string' || secret.length < 16), [])
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
