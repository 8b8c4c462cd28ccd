import { deflateSync } from 'node:zlib'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import { type Group } from '@japa/runner/core'
import { execute, row, rows, sql } from '#core/database'
import { outdateSettings, refreshSettings, settings } from '#core/settings'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const home = `http://${process.env.HOST}:${process.env.PORT}`

const AS_IT_IS = {
  companyName: 'Лавка',
  timezone: 'Europe/Riga',
  currency: 'EUR',
  languages: 'both',
  defaultLanguage: 'en',
  brandColour: '',
  phoneRegion: 'RU',
  senderName: '',
  senderEmail: '',
}

async function readAnew() {
  outdateSettings()
  await refreshSettings()
}

function settingsForgotten(group: Group) {
  group.each.setup(() => readAnew)
}

async function signedIn(role = 'administrator') {
  const { email } = await aMemberOfStaff({ role })
  const visitor = new Visitor()
  await visitor.signIn(email)
  await visitor.get('/profile')
  return visitor
}

/** A form with a file, as a browser sends it. */
async function upload(visitor: Visitor, content: Buffer<ArrayBuffer>, name = 'logo.png', type = 'image/png') {
  const page = await visitor.get('/settings')
  const form = new FormData()
  form.append('_csrf', /name="csrf-token" content="([^"]+)"/.exec(page.words)![1])
  for (const [field, value] of Object.entries(AS_IT_IS)) form.append(field, value)
  form.append('logo', new Blob([content], { type }), name)
  const cookie = [...visitor.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const response = await fetch(`${home}/settings`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { cookie, 'accept': 'text/html', 'accept-language': 'en' },
  })
  return { status: response.status, words: await response.text() }
}

/** A PNG whose head promises so many pixels. */
function png(width: number, height: number) {
  const head = Buffer.alloc(25)
  head.writeUInt32BE(13, 0)
  head.write('IHDR', 4, 'latin1')
  head.writeUInt32BE(width, 8)
  head.writeUInt32BE(height, 12)
  head.set([8, 2, 0, 0, 0], 16)
  const pixels = deflateSync(Buffer.alloc(10))
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), head, pixels])
}

test.group('Settings', (group) => {
  settingsForgotten(group)
  rolledBack(group)
  group.each.setup(readAnew)

  test('a new product has settings that one can work with', ({ assert }) => {
    assert.deepInclude(settings(), { companyName: 'Tessera', currency: 'RUB', languages: ['ru', 'en'], logo: null, brandColour: null })
  })

  test('are saved, stand on every page at once, and are told in the audit log', async ({ assert }) => {
    const boss = await signedIn()
    const answer = await boss.post('/settings', { ...AS_IT_IS, brandColour: '#0B6E4F' })
    assert.equal(answer.status, 303)
    const { words } = await boss.get('/users')
    assert.match(words, / · Лавка<\/title>/)
    assert.include(words, '<span>Лавка</span>')
    assert.include(words, '/brand.css?v=0b6e4f')
    assert.deepInclude(settings(), { currency: 'EUR', timezone: 'Europe/Riga', languages: ['en', 'ru'] })
    const [entry] = await rows<{ changes: { after: Record<string, unknown> } }>(sql`select changes from audit_log where object = 'settings'`)
    assert.deepEqual(entry.changes.after, {
      companyName: 'Лавка', timezone: 'Europe/Riga', currency: 'EUR', defaultLanguage: 'en', brandColour: '#0b6e4f',
    })
  })

  test('new staff get the zone and the language of the company', async ({ assert }) => {
    const boss = await signedIn()
    await boss.post('/settings', AS_IT_IS)
    await refreshSettings()
    const staff = await aMemberOfStaff({ timezone: undefined, locale: undefined })
    assert.deepInclude(staff.$attributes, { timezone: 'Europe/Riga', locale: 'en' })
  })

  test('a language that is not offered is nobody’s, whatever the browser and the account say', async ({ assert }) => {
    const boss = await signedIn()
    await boss.post('/settings', { ...AS_IT_IS, languages: 'ru', defaultLanguage: 'ru' })
    assert.include((await boss.get('/profile')).words, '<html lang="ru"')
    assert.include((await new Visitor().get('/login')).words, '<html lang="ru"')
  })

  test('wrong values are told at their fields')
    .with([
      { field: 'companyName', value: '', words: 'This is needed' },
      { field: 'companyName', value: 'x'.repeat(81), words: '80' },
      { field: 'timezone', value: 'Europe/Atlantis', words: 'no such time zone' },
      { field: 'phoneRegion', value: 'XX', words: 'no such country' },
      { field: 'currency', value: 'XXX', words: 'euro' },
      { field: 'defaultLanguage', value: 'de', words: 'English' },
      { field: 'senderEmail', value: 'boss', words: '' },
      { field: 'senderName', value: 'Boss\nBcc: all@example.com', words: '' },
      { field: 'brandColour', value: 'red', words: 'A colour is written like #3d55cf' },
      { field: 'brandColour', value: '#ffee00', words: 'Too pale' },
      { field: 'brandColour', value: '#00000};*{', words: '' },
    ])
    .run(async ({ assert }, { field, value, words }) => {
      const boss = await signedIn()
      const answer = await boss.post('/settings', { ...AS_IT_IS, [field]: value })
      assert.equal(answer.status, 422)
      const error = new RegExp(`id="settings-${field}-error"[\\s\\S]*?<span>([\\s\\S]*?)</span>`).exec(answer.words)?.[1]
      assert.isString(error, 'no error at the field')
      assert.include(error!.toLowerCase(), words === 'This is needed' ? '' : words.toLowerCase())
      assert.isUndefined(await row(sql`select 1 from settings where company_name = 'Лавка'`))
    })

  test('what another process wrote is known after a second', async ({ assert }) => {
    await readAnew()
    await execute(sql`insert into settings (company_name) values ('Другая')`)
    await refreshSettings()
    assert.equal(settings().companyName, 'Tessera')
    await pause(1000)
    await refreshSettings()
    assert.equal(settings().companyName, 'Другая')
  })

  test('only those with the right see and change them', async ({ assert }) => {
    const marketer = await signedIn('marketer')
    assert.equal((await marketer.get('/settings')).status, 403)
    assert.equal((await marketer.post('/settings', AS_IT_IS)).status, 403)
  })
})

test.group('Logo', (group) => {
  settingsForgotten(group)
  rolledBack(group)

  test('a PNG is kept and shown, with what keeps a browser from guessing', async ({ assert }) => {
    const boss = await signedIn()
    const picture = png(120, 40)
    assert.equal((await upload(boss, picture, 'x.svg', 'image/svg+xml')).status, 303)
    const address = /src="(\/logo\/[\w-]+)"/.exec((await boss.get('/profile')).words)![1]
    const response = await fetch(home + address)
    assert.equal(response.headers.get('content-type'), 'image/png')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.include(response.headers.get('content-security-policy')!, 'sandbox')
    assert.isTrue(Buffer.from(await response.arrayBuffer()).equals(picture))
    assert.equal((await fetch(`${home}/logo/0000000000000000`)).status, 404)

    await boss.post('/settings', { ...AS_IT_IS, withoutLogo: '1' })
    assert.notInclude((await boss.get('/profile')).words, '/logo/')
  })

  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const jpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x04, 0x00, 0x00])
  test('hostile files are refused with a sentence: {as}')
    .with([
      { as: 'an SVG with a script', content: svg, words: 'no PNG, JPEG or WebP' },
      { as: 'an SVG behind a byte order mark', content: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), svg]), words: 'no PNG, JPEG or WebP' },
      { as: 'a page called logo.png', content: Buffer.from('<!doctype html><script>alert(1)</script>'), words: 'no PNG, JPEG or WebP' },
      { as: 'a GIF', content: Buffer.from('GIF89a............................'), words: 'no PNG, JPEG or WebP' },
      { as: 'half a PNG', content: png(10, 10).subarray(0, 20), words: 'no PNG, JPEG or WebP' },
      { as: 'a PNG of no size', content: png(0, 10), words: 'no PNG, JPEG or WebP' },
      { as: 'a PNG of 50,000 x 50,000', content: png(50_000, 50_000), words: 'pixels wide or high' },
      { as: 'a PNG of 4,294,967,295', content: png(0xffff_ffff, 1), words: 'pixels wide or high' },
      { as: 'a JPEG that ends in its head', content: jpegHead, words: 'no PNG, JPEG or WebP' },
      { as: 'a JPEG whose segments run in a circle', content: Buffer.concat([jpegHead.subarray(0, 4), Buffer.alloc(60)]), words: 'no PNG' },
      { as: 'a WebP of an unknown kind', content: Buffer.from('RIFF\0\0\0\0WEBPVP9 ' + '\0'.repeat(40), 'latin1'), words: 'no PNG, JPEG or WebP' },
      { as: 'a megabyte', content: Buffer.concat([png(10, 10), Buffer.alloc(1_000_000)]), words: 'larger than' },
    ])
    .run(async ({ assert }, { content, words }) => {
      const { status, words: page } = await upload(await signedIn(), content)
      assert.equal(status, 422)
      assert.include(/id="logo-error"[\s\S]*?<span>([\s\S]*?)<\/span>/.exec(page)![1], words)
      assert.isUndefined(await row(sql`select 1 from settings_logo`))
      assert.isUndefined(await row(sql`select 1 from settings where company_name = 'Лавка'`), 'nothing of the form is saved')
    })
})
