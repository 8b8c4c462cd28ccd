import { type Figures } from './figures.ts'
import { type Letter } from './letters.ts'

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const CRAWLER = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

/** What readers did with a mailing, as the statistics must tell it. */
export interface Done {
  opens: number
  openers: number
  clicks: number
  clickers: number
  /** By address as it was written. */
  clicksOf: Record<string, number>
  unsubscribed: number
  /** Who wants no more of it. */
  left: Letter
}

/** Fetches the addresses that the mails themselves hold, as readers, mail programs and scanners do. */
export async function react(letters: Letter[], figures: Figures): Promise<Done> {
  figures.stage('Readers open, click and leave')
  const readers = letters.slice(0, 40)
  const buyers = letters.slice(0, 15)
  const cooks = letters.slice(10, 20)

  for (const letter of readers) await open(letter)
  for (const letter of readers.slice(0, 5)) await open(letter)
  const targets = [...(await clicks(buyers, 0)), ...(await clicks(cooks, 1))]
  await scan(letters.slice(50, 55))
  const left = letters[30]
  const answers = [await leave(left), await leave(left)]

  const expected = [...buyers.map(produceOf), ...cooks.map(() => 'https://shop.example/recipes')]
  figures.check('clicks that led where the mail says', targets.filter((one, at) => one === expected[at]).length, expected.length)
  figures.check('one-click unsubscription, twice', answers.join(), '200,200')
  return {
    opens: 45,
    openers: 40,
    clicks: buyers.length + cooks.length,
    clickers: 20,
    clicksOf: {
      'https://shop.example/produce?household={{ User.ExternalId }}': buyers.length,
      'https://shop.example/recipes': cooks.length,
    },
    unsubscribed: 1,
    left,
  }
}

const produceOf = ({ recipient }: Letter) => `https://shop.example/produce?household=${/\d+/.exec(recipient)?.[0]}`

async function open({ pixel }: Letter) {
  await visit(pixel, BROWSER)
}

async function clicks(letters: Letter[], link: number) {
  const targets: (string | null)[] = []
  for (const letter of letters) targets.push((await visit(letter.links[link], BROWSER)).headers.get('location'))
  return targets
}

/** A mail gateway reads before the person: it opens everything, and nothing of it may count. */
async function scan(letters: Letter[]) {
  for (const { pixel, links, unsubscribe } of letters) {
    for (const url of [pixel, ...links, unsubscribe]) await visit(url, CRAWLER)
  }
}

/** The button of a mail program (RFC 8058): no cookies, no redirect, no page. */
async function leave({ unsubscribe }: Letter) {
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
  return (await visit(unsubscribe, BROWSER, { method: 'POST', body })).status
}

async function visit(url: string, userAgent: string, options: RequestInit = {}) {
  const headers = { 'user-agent': userAgent }
  const response = await fetch(url, { ...options, headers, redirect: 'manual', signal: AbortSignal.timeout(20_000) })
  await response.body?.cancel()
  if (response.status >= 400) throw new Error(`${url} of a mail answered ${response.status}`)
  return response
}
