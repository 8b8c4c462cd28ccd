import { setTimeout as pause } from 'node:timers/promises'
import { lettersAfter, type Letter } from './letters.ts'
import { type Figures } from './figures.ts'
import { type Tables } from './oracle_of_tables.ts'
import { type Visitor } from './visitor.ts'
import { addressOf, CATEGORY, type Withdrawn } from './withdrawals.ts'

const PATIENCE_MS = 120_000

const body = `<mjml>
  <mj-body>
    <mj-section><mj-column>
      <mj-text>Hello, {GivenName}! You have {{ User.ReceiptsCount }} receipts, {{ User.FullName }}.</mj-text>
      <mj-button href="https://shop.example/produce?household={{ User.ExternalId }}">Fresh produce</mj-button>
      <mj-text><a href="https://shop.example/recipes">Recipes of the week</a></mj-text>
      <mj-text><a href="{{ UnsubscribeLink }}">Unsubscribe</a></mj-text>
    </mj-column></mj-section>
  </mj-body>
</mjml>`

/** Writes the mail in the back office and answers its id. */
export async function write(staff: Visitor, tables: Tables, figures: Figures): Promise<number> {
  figures.stage('A mail')
  const category = await tables.one<{ id: number }>('select id from unsubscribe_categories where code = $1', [CATEGORY])
  const inbox = await tables.one<{ id: number }>(`select id from mail_providers where kind = 'capture'`)
  const dialog = await staff.open('/communications/create')
  const card = await staff.send(dialog, '/communications', {
    name: 'Produce of the week',
    provider: String(inbox.id),
    class: 'advertising',
    kind: 'bulk',
    markup: 'mjml',
    senderName: 'Corner shop',
    senderEmail: 'news@shop.example',
    subject: 'For {{ User.GivenName }}: produce of the week',
    category: String(category.id),
  })
  const id = Number(/^\/communications\/(\d+)/.exec(card.path)?.[1])
  const page = await staff.open(`/communications/${id}/content`)
  await staff.send(page, `/communications/${id}/content`, { markup: 'mjml', body })

  await testMail(staff, tables, id, figures)
  return id
}

async function testMail(staff: Visitor, tables: Tables, id: number, figures: Figures) {
  const before = await lastLetter(tables)
  const customer = await tables.one<{ id: number; name: string }>('select id, given_name as name from users order by id limit 1')
  const page = await staff.open(`/communications/${id}/content`)
  await staff.send(page, `/communications/${id}/tests`, { customer: String(customer.id) })

  const [letter] = await waitFor('the test mail', async () => {
    const letters = await lettersAfter(tables, before)
    return letters.length ? letters : undefined
  })
  figures.check('recipient of the test mail', letter.recipient, 'journey@example.com')
  figures.check('subject of the test mail', letter.subject, `For ${customer.name}: produce of the week`)
  figures.check('links that the test mail counts', letter.links.length, 2)
}

/** Sends it to the segment and answers the mails that arrived. */
export async function send(
  staff: Visitor,
  tables: Tables,
  figures: Figures,
  { communication, segment, expected, withdrawn }: Mailing
): Promise<Letter[]> {
  const before = await lastLetter(tables)
  const page = await staff.open(`/communications/${communication}/sends/new`)
  const card = await staff.send(page, `/communications/${communication}/sends`, { to: 'segment', segment: String(segment) })
  const id = Number(/^\/sends\/(\d+)/.exec(card.path)?.[1])
  const startedAt = Date.now()
  const finished = await waitFor('the end of the send', async () => {
    const found = await tables.one<Finished>('select state, recipients, excluded from sends where id = $1', [id])
    return ['finished', 'failed', 'cancelled'].includes(found.state) ? found : undefined
  })
  const letters = await lettersAfter(tables, before)

  figures.check('state of the send', finished.state, 'finished')
  figures.check('recipients', finished.recipients, expected.length)
  for (const [reason, households] of Object.entries(withdrawn)) {
    figures.check(`excluded: ${reason}`, finished.excluded[reason] ?? 0, households.length)
  }
  figures.check('reasons given besides', Object.keys(finished.excluded).filter((reason) => !withdrawn[reason]).join(), '')
  figures.same('addresses of the deliveries', await addressesOf(tables, id), expected)
  figures.same('mails in the inbox', letters.map(({ recipient }) => recipient), expected)
  figures.note('mails per second', Math.round((letters.length / (Date.now() - startedAt)) * 1000))
  return letters
}

export interface Mailing {
  communication: number
  segment: number
  /** Addresses that must get it. */
  expected: string[]
  withdrawn: Withdrawn
}

interface Finished {
  state: string
  recipients: number
  excluded: Record<string, number>
}

const addressesOf = (tables: Tables, sendId: number) =>
  tables.texts('select address as value from deliveries where send_id = $1', [sendId])

/** Each mail speaks of its own recipient, and says how to leave by one click. */
export function readLetters(letters: Letter[], figures: Figures) {
  const personal = letters.filter(({ recipient, subject, html, text }) => {
    const household = /^hh(\d+)@/.exec(recipient)?.[1]
    const greeted = `Hello, Household ${household}!`
    return subject === `For Household ${household}: produce of the week` && html.includes(greeted) && text.includes(greeted)
  })
  figures.check('mails that speak of their reader', personal.length, letters.length)
  figures.check('different Message-IDs', new Set(letters.map(({ headers }) => headers.get('message-id'))).size, letters.length)
  const oneClick = letters.filter(
    ({ headers, unsubscribe }) => unsubscribe && headers.get('list-unsubscribe-post') === 'List-Unsubscribe=One-Click'
  )
  figures.check('mails with a one-click unsubscription', oneClick.length, letters.length)
  const counting = letters.filter(({ links, pixel }) => links.length === 2 && pixel)
  figures.check('mails with two counted links and a pixel', counting.length, letters.length)
}

export const expectedAddresses = (households: string[], withdrawn: Withdrawn) => {
  const left = new Set(Object.values(withdrawn).flat())
  return households.filter((one) => !left.has(one)).map(addressOf)
}

export async function waitFor<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    const found = await look()
    if (found !== undefined) return found
    await pause(200)
  }
  throw new Error(`Waited ${PATIENCE_MS / 1000} s for ${what} in vain`)
}

async function lastLetter(tables: Tables) {
  return (await tables.one<{ id: number }>('select coalesce(max(id), 0) as id from inbox_messages')).id
}
