import { createServer } from 'node:http'
import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import app from '@adonisjs/core/services/app'
import hash from '@adonisjs/core/services/hash'
import { Staff } from '#core/access'
import { row, rows, sql } from '#core/database'
import { race } from './race.js'

const PASSWORD = 'measured by the clock'

/** Whole pages over HTTP, with session, rights and Edge, beside 50 rows read by their keys. */
export default async function page() {
  const site = await open()
  const users = (await row<{ count: number }>(sql`select count(*) as count from users`))!.count
  const rowsByKey = () => {
    const from = 1 + Math.floor(Math.random() * (users - 50))
    return rows(sql`select * from users where id between ${from}::bigint and ${from + 49}::bigint order by id`)
  }
  const cookie = await signIn(site)
  const get = async (path: string) => {
    const answer = await fetch(site + path, { headers: { cookie }, redirect: 'manual' })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    await answer.text()
  }

  await race({ name: 'HTTP: section, 50 rows', target: { atMost: 15 }, runs: 5, times: 5, bare: rowsByKey, ours: () => get('/users?size=50') })
  await race({ name: 'HTTP: total of all', target: { atMost: 15 }, runs: 5, times: 5, bare: rowsByKey, ours: () => get('/users/total') })
  await race({ name: 'HTTP: card of a customer', target: { atMost: 15 }, runs: 5, times: 5, bare: rowsByKey, ours: () => get('/users/77') })
}

async function open() {
  const server = await app.container.make('server')
  await server.boot()
  const listening = createServer(server.handle.bind(server)).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  listening.unref()
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

async function signIn(site: string) {
  const email = 'bench@demo.test'
  await Staff.updateOrCreate({ email }, { name: 'Bench', role: 'administrator', password: await hash.make(PASSWORD) })
  const form = await fetch(`${site}/login`)
  const token = /csrf-token" content="([^"]+)"/.exec(await form.text())![1]
  const answer = await fetch(`${site}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(form) },
    body: new URLSearchParams({ _csrf: token, email, password: PASSWORD }),
  })
  return cookiesOf(answer)
}

function cookiesOf(answer: Response) {
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ')
}
