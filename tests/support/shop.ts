import { execute, rows, sql } from '#core/database'
import { jobs, runNow } from '#core/jobs'
import { outdateSources } from '../../app/campaigns/sources/source_by_code.js'
import { a } from './people.js'
import { TILL_KEY } from './sources.js'

const home = `http://${process.env.HOST}:${process.env.PORT}/api/v1`

interface Said {
  /** Of a session. */
  token?: string
  source?: string
  headers?: Record<string, string>
}

/** Answers of the public interface, whatever a method gives. */
export interface Answer {
  status: number
  body: any
  headers: Headers
}

/** A front end of the source `site`; what it writes is rolled back with the test. */
export async function ask(method: string, body: object = {}, { token, source = 'site', headers = {} }: Said = {}): Promise<Answer> {
  const response = await fetch(`${home}/${source}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json(), headers: response.headers }
}

/** The server of the source `till`, which has a key and may name a customer. */
export const askAsServer = (method: string, body: object = {}, user?: string | number) =>
  ask(method, body, { source: 'till', headers: { 'x-source-key': TILL_KEY, ...(user !== undefined && { 'x-user': String(user) }) } })

/** A campaign of the sources. */
export async function aCampaign(code: string, rules: Record<string, unknown>, sources: string[]) {
  await a('campaign', { name: code, code, ...rules })
  await execute(sql`update sources set campaign_id = (select id from campaigns where code = ${code}) where code = any(${sources}::text[])`)
  outdateSources()
}

/** Works what waits, as a worker would: letters of tickets leave now. */
export async function workOff(...names: string[]) {
  for (const name of names) {
    const waiting = await rows<{ payload: object }>(sql`select payload from job_runs where job = ${name} and state = 'waiting' order by id`)
    await execute(sql`update job_runs set state = 'done' where job = ${name} and state = 'waiting'`)
    for (const { payload } of waiting) await runNow(jobs.get(name), payload, { actor: { staffId: null }, title: 'test' })
  }
}
