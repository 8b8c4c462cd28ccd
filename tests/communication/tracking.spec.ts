import { test } from '@japa/runner'
import PostalMime from 'postal-mime'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { generateKeyPairSync } from 'node:crypto'
import { rows, sql, row } from '#core/database'
import { statistics, linkFigures } from '#app/communication'
import { idOf } from '#tests/support/people'
import { makeToken, readToken } from '../../app/communication/tracking/token.js'
import { BODY, aCommunication, aProvider, forgetSends, readers, sendNow } from './support/sending.js'
import { aSink, headerOf } from './support/sink.js'

const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

/** A mail as its reader has it: where its links lead. */
async function aSentMail(values = {}, provider = {}) {
  const sink = await aSink()
  const [reader] = await readers(1)
  const news = await idOf('unsubscribe_category', 'news')
  const communication = await aCommunication({ category: news, provider: await aProvider(sink.port, provider), ...values })
  const send = await sendNow(communication, { identifierIds: [reader.identifier] })
  await sink.close()
  const { raw } = sink.received[0]
  const { html } = await PostalMime.parse(raw)
  const urls = [...html!.matchAll(/(?:href|src)="(http[^"]+)"/g)].map(([, url]) => url)
  return { ...reader, send, communication, raw, urls, news, leave: headerOf(raw, 'List-Unsubscribe')!.slice(1, -1) }
}

const get = (url: string, headers: Record<string, string> = BROWSER, method = 'GET') =>
  fetch(url, { headers, method, redirect: 'manual' })

const unsubscribes = (user: number) =>
  rows<{ channel_id: number | null; category_id: number | null; source: string }>(
    sql`select channel_id, category_id, source from user_unsubscribes where user_id = ${user} order by id`
  )

test.group('Links, openings and leaving', (group) => {
  group.each.setup(forgetSends)
  group.each.teardown(forgetSends)

  test('a click is counted and leads to the stored address; an opening is counted', async ({ assert }) => {
    const mail = await aSentMail()
    const link = mail.urls.find((url) => url.includes('/l/1/'))!
    const answer = await get(link)
    assert.equal(answer.status, 302)
    assert.equal(answer.headers.get('location'), 'https://shop.example/sale?a=1&b=2')
    assert.isEmpty(answer.headers.getSetCookie())
    await get(link)
    await get(mail.urls.find((url) => url.includes('/o/'))!)

    const figures = await statistics({ communication: mail.communication })
    assert.containsSubset(figures, { sent: 1, opens: 1, uniqueOpens: 1, clicks: 2, clickers: 1, unsubscribed: 0 })
    const [first, second] = await linkFigures({ send: mail.send })
    assert.containsSubset(first, { url: 'https://shop.example/sale?a=1&b=2', clicks: 2, clickers: 1 })
    assert.containsSubset(second, { url: 'https://shop.example/new', clicks: 0 })
  })

  test('a macro in an address is filled when it is followed, and cannot change the site', async ({ assert }) => {
    const mail = await aSentMail({ body: `<a href="https://shop.example/{{ User.Id }}?n={GivenName}&x=1">x</a>${BODY}` })
    const answer = await get(mail.urls.find((url) => url.includes('/l/1/'))!)
    assert.equal(answer.headers.get('location'), `https://shop.example/${mail.user}?n=${encodeURIComponent('Имя0')}&x=1`)
  })

  test('A-13 what we did not make leads nowhere', async ({ assert }) => {
    const mail = await aSentMail()
    const link = mail.urls.find((url) => url.includes('/l/1/'))!
    const { origin, pathname } = new URL(link)
    const [, , , token] = pathname.split('/')
    const flipped = (token[0] === 'A' ? 'B' : 'A') + token.slice(1)
    const other = makeToken({ sendId: mail.send, userId: mail.user, identifierId: mail.identifier }, 'message')
    const wrong = [
      `/l/1/${flipped}`, `/l/99/${token}`, `/l/0/${token}`, `/l/1/${other}`, `/l/1/${token}x`, `/l/-1/${token}`,
      `/l/1/${token}@evil.example`, `/l/1/%2F%2Fevil.example`, `/l//evil.example`, `/u/${flipped}`, '/u/x', `/l/1/${token.slice(0, -4)}`,
    ]
    for (const path of wrong) assert.equal((await get(origin + path)).status, 404, path)
    assert.equal((await get(`${origin}/o/${flipped}.gif`)).status, 200)
    assert.isEmpty(await rows(sql`select 1 from reactions`))
  })

  test('a token says which delivery it is, for one use only', ({ assert }) => {
    for (const key of [
      { sendId: 1, userId: 2, identifierId: 3 },
      { sendId: 127, userId: 128, identifierId: 16_384 },
      { sendId: 900_000_000_000, userId: 2 ** 40, identifierId: 0 },
    ]) {
      assert.deepEqual(readToken(makeToken(key, 'link'), 'link'), key)
      assert.isNull(readToken(makeToken(key, 'link'), 'message'))
    }
  })

  test('M-01 the head offers one click, and DKIM covers it', async ({ assert }) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const mail = await aSentMail({}, { dkimDomain: 'example.com', dkimSelector: 's1', dkimKey: pem })
    const published = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    const resolver = async (name: string) => {
      assert.equal(name, 's1._domainkey.example.com')
      return [[`v=DKIM1; k=rsa; p=${published}`]]
    }
    const { results } = await dkimVerify(Buffer.from(mail.raw, 'latin1'), { resolver })
    assert.equal(results[0].status.result, 'pass')
    const signed = results[0].signingHeaders!.keys.toLowerCase()
    assert.include(signed, 'list-unsubscribe:')
    assert.include(signed, 'list-unsubscribe-post')
    assert.equal(headerOf(mail.raw, 'List-Unsubscribe-Post'), 'List-Unsubscribe=One-Click')
  })

  test('M-01 one click unsubscribes from the category: 200, no redirect, no cookie, once')
    .with(['urlencoded', 'multipart'])
    .run(async ({ assert }, form) => {
      const mail = await aSentMail()
      const fields = form === 'urlencoded' ? new URLSearchParams() : new FormData()
      fields.append('List-Unsubscribe', 'One-Click')
      for (let press = 1; press <= 2; press++) {
        const answer = await fetch(mail.leave, { method: 'POST', body: fields, redirect: 'manual' })
        assert.equal(answer.status, 200)
        assert.isEmpty(answer.headers.getSetCookie())
      }
      assert.deepEqual(await unsubscribes(mail.user), [
        { channel_id: await idOf('channel', 'email'), category_id: mail.news, source: 'one_click' },
      ])
      assert.containsSubset(await statistics({ send: mail.send }), { unsubscribed: 1 })
    })

  test('M-01 reading the page changes nothing, and a forged address changes nothing either', async ({ assert }) => {
    const mail = await aSentMail()
    assert.equal((await get(mail.leave)).status, 200)
    assert.equal((await get(mail.leave, BROWSER, 'HEAD')).status, 200)
    const forged = mail.leave.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))
    assert.equal((await fetch(forged, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })).status, 404)
    assert.isEmpty(await unsubscribes(mail.user))
  })

  test('a system message has no such head', async ({ assert }) => {
    const { raw } = await aSentMailWithoutHead()
    assert.isUndefined(headerOf(raw, 'List-Unsubscribe'))
    assert.equal(headerOf(raw, 'Auto-Submitted'), 'auto-generated')
  })

  test('the page of preferences takes and gives back, in both languages', async ({ assert }) => {
    const mail = await aSentMail()
    assert.include(await (await get(mail.leave)).text(), 'Подписки')
    assert.include(await (await get(`${mail.leave}?lang=en`)).text(), 'Subscriptions')
    const email = await idOf('channel', 'email')
    const save = (fields: [string, string][]) =>
      fetch(`${mail.leave}/preferences`, { method: 'POST', body: new URLSearchParams(fields), headers: BROWSER })

    assert.equal((await save([['all', 'leave']])).status, 200)
    assert.containsSubset(await unsubscribes(mail.user), [{ channel_id: null, category_id: null, source: 'preferences' }])

    const all = await rows<{ cell: string }>(
      sql`select c.id || ':' || k.id as cell from channels c cross join unsubscribe_categories k`
    )
    const kept = all.map(({ cell }) => cell).filter((cell) => cell !== `${email}:${mail.news}`)
    await save(kept.map((cell) => ['kept[]', cell] as [string, string]))
    assert.containsSubset(await unsubscribes(mail.user), [{ channel_id: email, category_id: mail.news }])
    assert.lengthOf(await unsubscribes(mail.user), 1)

    await save(all.map(({ cell }) => ['kept[]', cell] as [string, string]))
    assert.isEmpty(await unsubscribes(mail.user))
  })

  test('M-02 a scanner that opens every address changes nothing and counts for nothing')
    .with([{ 'user-agent': 'Barracuda Sentinel (EE) bot' }, BROWSER, { 'user-agent': '' }])
    .run(async ({ assert }, headers: Record<string, string>) => {
      const links = [1, 2, 3, 4].map((one) => `<a href="https://shop.example/${one}">${one}</a>`).join('')
      const mail = await aSentMail({ body: `<html><body>${links}<a href="{{ UnsubscribeLink }}">leave</a></body></html>` })
      for (const url of mail.urls) {
        await get(url, headers, 'HEAD')
        await get(url, headers)
      }
      assert.isEmpty(await unsubscribes(mail.user))
      assert.containsSubset(await statistics({ send: mail.send }), { clicks: 0, clickers: 0, unsubscribed: 0 })
      const { bots } = (await row<{ bots: number }>(sql`select count(*) as bots from reactions where bot and kind = 'click'`))!
      assert.equal(bots, 8)
    })

  async function aSentMailWithoutHead() {
    const sink = await aSink()
    const [reader] = await readers(1)
    const communication = await aCommunication({ class: 'system', provider: await aProvider(sink.port) })
    await sendNow(communication, { identifierIds: [reader.identifier] })
    await sink.close()
    return sink.received[0]
  }
})
