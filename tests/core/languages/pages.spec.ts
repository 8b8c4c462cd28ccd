import { Parser } from 'htmlparser2'
import { test } from '@japa/runner'
import { books } from '#core/books'
import { execute, sql } from '#core/database'
import { objects, type ObjectDefinition } from '#core/objects'
import { a, aReceipt, aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { registeredRoutes } from '#tests/support/routes'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

test.group('Languages of pages', (group) => {
  rolledBack(group)

  for (const [locale, foreign, allowed] of [
    ['ru', /[A-Za-z][A-Za-z'’-]*[A-Za-z]/g, latinNames()],
    ['en', /\p{Script=Cyrillic}+/gu, new Set(['Русский'])],
  ] as const) {
    test(`X-05 no page in ${locale} says a word in another language`, async ({ assert }) => {
      const ids = await numbered()
      const staff = await aMemberOfStaff({ role: 'administrator', locale, name: '12345', email: '1@2.345' })
      const visitor = new Visitor()
      await visitor.signIn(staff.email)

      const wrong = new Map<string, string>()
      let visited = 0
      for (const path of addresses(ids)) {
        const page = await visitor.get(path, { 'accept-language': locale })
        if (page.status >= 300 && page.status < 400) continue
        visited += 1
        assert.isBelow(page.status, 500, path)
        for (const said of wordsOf(page.words, isBook(path))) {
          if (said.includes('translation missing')) wrong.set(said, path)
          if (isZone(said)) continue
          for (const [word] of said.matchAll(foreign)) if (!allowed.has(word) && !wrong.has(word)) wrong.set(word, `${path}: ${said.slice(0, 80)}`)
        }
      }
      assert.isAbove(visited, 100)
      assert.deepEqual(Object.fromEntries(wrong), {})
    }).timeout(240_000)
  }
})

/** Rows whose words are numbers: whatever is in letters was said by the product. */
async function numbered(): Promise<Record<string, number>> {
  const user = await aUser({ externalId: '100', surname: '200', givenName: '300' })
  const identifier = await a('identifier', { user, type: 'card', value: '400' })
  const category = await a('category', { code: '1', name: '1' })
  const good = await a('good', { code: '1', name: '1', category })
  const outlet = await a('outlet', { code: '1', name: '1' })
  const receipt = await aReceipt(user, { outlet, number: '1' })
  const segment = await a('segment', { name: '1', object: 'user' })
  const communication = await a('communication', { name: '1', subject: '1' })
  await execute(sql`update mail_providers set name = '1'`)
  const stopped = await a('stop_list_entry', { type: 'card', value: '1' })
  await execute(sql`insert into user_events (user_id, occurred_at, event_key, signal) values (${user}, now(), uuidv7(), 'receipt.added')`)
  return { user, identifier, category, good, outlet, receipt, segment, communication, stop_list_entry: stopped, user_type: 1, gender: 1, channel: 1 }
}

function addresses(ids: Record<string, number>): string[] {
  const plain = registeredRoutes()
    .filter(({ method, pattern, policy }) => method === 'GET' && !/[:*]/.test(pattern) && policy?.kind !== 'open' && !/^\/(filters|references|search|api)\b/.test(pattern))
    .map(({ pattern }) => pattern)
  const parts = Object.entries(ids).flatMap(([name, id]) => partsOf(objects.get(name), id))
  const particular = [`/segments/${ids.segment}/versions`, `/communications/${ids.communication}/sends/new`, '/imports/create?object=user', '/nothing-here']
  return [...new Set([...plain.filter((path) => !/\.(json|csv|xlsx?)$/.test(path)), ...parts, ...particular])]
}

function partsOf(object: ObjectDefinition, id: number): string[] {
  const { path, name } = object
  const here = `/${path ?? name}/${id}`
  const filter = encodeURIComponent(JSON.stringify({ logic: 'and', of: [{ field: 'createdAt', operator: 'lastDays', value: ['5'] }] }))
  return [
    ...(object.small || !path ? [] : [here]),
    ...(object.create ? [`/${path ?? name}/create`, `${here}/edit`] : []),
    ...(name === 'user' ? [`/${path}?sort=0&page=99`, `/${path}?filter=${filter}`, `/filters/${path}?filter=${filter}`] : []),
    ...(object.verbs?.remove ? [`${here}/deletion`] : []),
    ...object.tabs.map((tab) => `${here}/tab/${tab}`),
    ...object.panels.map((panel) => `${here}/panels/${panel.name}`),
    ...objects.relations(object).filter(({ field }) => field.inverse!.tab).map((relation) => `${here}/details/${relation.name}`),
  ]
}

/** What a person reads or hears on a page: its text, and the words of its attributes. Code, addresses and mails under the pen are none. */
function wordsOf(html: string, passingCells: boolean): string[] {
  const found: string[] = []
  const silent: string[] = []
  const parser = new Parser({
    onopentag(name, { title, placeholder, alt, 'aria-label': label, lang }) {
      if (!silent.length) found.push(...[title, placeholder, alt, label].filter(Boolean))
      if (silencing.includes(name) || (name === 'td' && passingCells)) silent.push(name)
      else if (name !== 'html' && lang) silent.push(name)
    },
    ontext(text) {
      if (!silent.length && text.trim()) found.push(text.trim())
    },
    onclosetag(name) {
      if (silent.at(-1) === name) silent.pop()
    },
  })
  parser.end(html)
  return found
}

const silencing = ['script', 'style', 'code', 'pre', 'textarea', 'kbd', 'iframe', 'svg', 'noscript', 'template']

/** A list of rows that have names in both languages, and codes. */
const isBook = (path: string) => ['roles', ...books.map(({ path: own }) => own)].some((own) => path.startsWith(`/${own}`))

/** Zones have one name in the world: `Europe/Moscow, UTC+03:00`. */
const isZone = (said: string) => /^[A-Z][\w/ +-]+, UTC[+-]\d\d:\d\d$/.test(said)

/** Names that Russian pages write in Latin letters, and examples of what is typed so. */
function latinNames() {
  const names = `Id Email SMS Push CSV XLSX Tessera HTML MJML URL SMTP JSON UTF Telegram WhatsApp Viber CRM API IP HTTP HTTPS ESP SMPP DKIM PDF ZIP TOTP
    Excel Windows Latin PostgreSQL Ctrl Enter Esc Alt Shift Tab Liquid CDP QR Unicode GitHub Microsoft Google Authenticator
    English RUB UTC Europe Moscow Message-ID Link PEM RSA TLS STARTTLS gz mbox eml hooks mail id householdSize SQL Aegis Password SYSTEM
    Br GRANT SELECT PNG JPEG SVG WebP email cf
    OpenID Connect POST RU SHA VK issuer scopes client secret openid google https http localhost accounts com api shop example ru confirm hash link Standard Webhooks whsec base`
  return new Set(names.split(/\s+/))
}
