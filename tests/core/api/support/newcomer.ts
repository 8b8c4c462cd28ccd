import { execute, row, sql, transaction } from '#core/database'
import { hashOfSecret } from '#core/secrets'
import { methods, type Method } from '#core/methods'
import { outdateSources } from '../../../../app/campaigns/sources/source_by_code.js'
import { hashOfCode } from '../../../../app/users/tickets/codes.js'
import { openShop } from '../../../../database/seeders/demo/shop.js'
import { signedIn } from './callers.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

export const SITE_KEY = 'a-secret-of-the-site'

/** The code in the examples of the interface, which a letter would bring. */
const CODE = '048213'

/** The demo company as far as the interface needs it, with the site that has a key as well. */
export async function demoShop() {
  await transaction(openShop)
  await execute(sql`update sources set key_hash = ${hashOfSecret(SITE_KEY)}, key_beginning = 'a-se' where code = 'site'`)
  outdateSources()
}

/** What `demoShop` has changed of what stays. */
export async function closeShop() {
  await execute(sql`update sources set front_end = false, campaign_id = null, key_hash = null, key_beginning = null where code in ('site', 'app')`)
  outdateSources()
}

/** Calls methods of the site as its page does. */
export async function say(name: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${home}/api/v1/site/${name}`, {
    method: 'POST',
    headers: { 'accept-language': 'en', ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body instanceof FormData ? body : JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as any, headers: answer.headers }
}

/**
 * Whoever tries the examples one after another: registered by the first of them. For each next one they hold what it asks for, a session or
 * a code from a letter.
 */
export class Newcomer {
  private constructor(readonly id: number) {}

  static async registers({ example }: Method) {
    const { status, body } = await say('user/register', example.input)
    if (status !== 200) throw new Error(`The example of user/register is answered ${status}: ${JSON.stringify(body)}`)
    return new Newcomer(body.userId)
  }

  static async of(email: string) {
    const found = await row<{ id: number }>(sql`select user_id as id from identifier_owners where value = ${email}`)
    return new Newcomer(found!.id)
  }

  /** What proves who calls a method. */
  async proof({ caller }: Pick<Method, 'caller'>): Promise<Record<string, string>> {
    if (caller === 'server') return { 'x-source-key': SITE_KEY, 'x-user': String(this.id) }
    return caller === 'customer' ? signedIn(this.id) : {}
  }

  /** A ticket with the code of the examples, as if its letter had come. */
  async letterFor(method: string) {
    const purpose = { 'user/loginWithoutPassword': 'login', 'user/restorePassword': 'restore', 'ticket/confirm': 'confirm' }[method]
    if (!purpose) return
    await execute(sql`update user_tickets set voided_at = now() where user_id = ${this.id} and voided_at is null`)
    const ticket = await row<{ id: number }>(
      sql`insert into user_tickets (user_id, identifier_id, generator_id, purpose, expires_at)
        select i.user_id, i.id, g.id, ${purpose}, now() + interval '10 minutes'
        from user_identifiers i join ticket_generators g on g.identifier_type = i.type and g.campaign_id is null
        where i.user_id = ${this.id} and i.type = 'email' order by i.id limit 1 returning id`
    )
    await execute(sql`update user_tickets set code_hash = ${hashOfCode(ticket!.id, CODE)} where id = ${ticket!.id}`)
  }
}

/** The body of a right call; of one with files a small document goes along. */
export function bodyOf({ example, files }: Method): unknown {
  if (!files.length) return example.input
  const form = new FormData()
  form.append('input', JSON.stringify(example.input))
  for (const name of files) form.append(name, new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }), 'receipt.pdf')
  return form
}

/** What a newcomer tries: not what goes to a provider outside, nor what other systems sign, which have specs of their own (tests/users). */
export const triedMethods = () => methods.all().filter(({ name, caller }) => !name.startsWith('user/social') && caller !== 'callback')
