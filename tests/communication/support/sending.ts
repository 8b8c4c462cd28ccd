import { execute, row, rows, sql } from '#core/database'
import { runNow } from '#core/jobs'
import { type Values } from '#core/objects'
import { launch, type Launch } from '#app/communication'
import { drainJob, prepareJob } from '#app/communication'
import { a, anEmail, aUser, nobody } from '#tests/support/people'

export const BODY = `<html><body><p>{GreetingName}!</p><a href="https://shop.example/sale?a=1&amp;b=2">Sale</a>
<a href="https://shop.example/new">New</a><a href="{{ UnsubscribeLink }}">Leave</a></body></html>`

export async function aCommunication(values: Values = {}): Promise<number> {
  return a('communication', {
    name: 'Letter',
    senderName: 'Shop',
    senderEmail: 'shop@example.com',
    subject: 'Hello, {GivenName}',
    markup: 'html',
    body: BODY,
    ...values,
  })
}

/** Customers who may be written to; answers the ids of their addresses. */
export async function readers(count: number): Promise<{ user: number; identifier: number }[]> {
  const made = []
  for (let one = 0; one < count; one++) {
    const user = await aUser({ givenName: `Имя${one}` })
    made.push({ user, identifier: await anEmail(user) })
  }
  return made
}

/** A provider that speaks to a server of the test. */
export async function aProvider(port: number, values: Values = {}): Promise<number> {
  return a('mail_provider', {
    name: `Provider ${port} ${Math.random()}`,
    kind: 'smtp',
    host: '127.0.0.1',
    port,
    security: 'none',
    ...values,
  })
}

/** Everything that workers would do for a send, in this process. Answers its id. */
export async function sendNow(communication: number, choice: Partial<Launch>): Promise<number> {
  const send = await launch(communication, { segmentId: null, identifierIds: [], ...choice }, nobody)
  await prepareNow(send)
  await drainNow(send)
  return send
}

export async function prepareNow(send: number) {
  await runNow(prepareJob, { send, timezone: 'UTC' }, { actor: nobody, title: 'test' })
}

export async function drainNow(send: number) {
  await runNow(drainJob, { send, drainer: 1 }, { actor: nobody, title: 'test' })
}

export async function stateOf(send: number) {
  return (await row<{ state: string }>(sql`select state from sends where id = ${send}`))!.state
}

export async function deliveriesOf(send: number) {
  return rows<{ userId: number; identifierId: number; state: string; answer: string | null; tries: number }>(
    sql`select user_id as "userId", identifier_id as "identifierId", state, answer, tries from deliveries
      where send_id = ${send} order by user_id`
  )
}

/** What a test that cannot be rolled back leaves behind. */
export async function forgetSends() {
  await execute(sql`truncate reactions, deliveries, delivery_chunks, send_links, sends, inbox_messages, send_allowances cascade`)
}
