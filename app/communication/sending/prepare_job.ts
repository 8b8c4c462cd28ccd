import { setTimeout as sleep } from 'node:timers/promises'
import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { defineJob, type Run } from '#core/jobs'
import { recount } from '#app/segments'
import config from '#config/communication'
import { freeze } from '../audience/freeze.js'
import { communicationOf } from '../communication.js'
import { compile } from '../content/compile.js'
import { type Link } from '../content/draft.js'
import { linkUrl, openUrl } from '../tracking/addresses.js'
import { drainJob } from './drain_job.js'
import { findSend, moveSend, termsOf, type Frozen, type Send } from './send.js'

/** Drainers of one send; as many workers as there are share them. */
const DRAINERS = 4
const TOKEN = '{{ Token }}'
const tracking = { link: (position: number) => linkUrl(position, TOKEN), pixel: openUrl(TOKEN) }

/** Freezes what is sent and to whom, leaves time to think better of it, then lets the drainers go. Each step finds its place. */
export const prepareJob = defineJob<{ send: number; timezone: string }>({
  name: 'communication.prepare',
  concurrency: 4,
  retries: 5,
  async run(run, { send: id, timezone }) {
    const send = await findSend(id)
    if (send?.state === 'preparing') await prepare(send, timezone, run)
    await waitForStart(id, run)
    await letGo(id)
  },
  async abandoned({ send: id }, outcome, trx) {
    const to = outcome === 'cancelled' ? 'cancelled' : 'failed'
    await moveSend(id, ['preparing', 'scheduled'], to, outcome === 'failed' ? { code: 'preparation' } : null, trx)
  },
})

async function prepare(send: Send, timezone: string, run: Run) {
  if (send.recount && send.segmentId) await recount(send.segmentId, timezone)
  const communication = await communicationOf(send.communicationId)
  const { content, links, problems } = await compile(communication, tracking)
  const blocking = problems.find((problem) => problem.blocking)
  if (blocking) {
    const trouble = { code: `notReady.${blocking.code}`, params: blocking.params }
    await moveSend(send.id, ['preparing'], 'failed', trouble)
    return
  }
  const { providerId, channelId, categoryId, campaignId } = communication
  await fix(send, { ...content, providerId, channelId, categoryId, campaignId }, links, run)
}

/** All at once: a send is either not prepared, or wholly. */
async function fix(send: Send, content: Frozen, links: Link[], run: Run) {
  const judgement = await transaction(async (trx) => {
    const mine = await row(sql`select id from sends where id = ${send.id} and state = 'preparing' for update`, trx)
    if (!mine) return null
    await writeLinks(send.id, links, trx)
    const judged = await freeze(send, send, termsOf({ ...send, content }), trx)
    await execute(
      sql`update sends set state = 'scheduled', content = ${JSON.stringify(content)}::jsonb,
          recipients = ${judged.recipients}, excluded = ${JSON.stringify(judged.excluded)}::jsonb,
          starts_at = greatest(coalesce(starts_at, now()), now() + make_interval(secs => ${config.undoSeconds})), updated_at = now()
        where id = ${send.id}`,
      trx
    )
    return judged
  })
  if (judgement) await run.result({ ...judgement })
}

async function writeLinks(sendId: number, links: Link[], trx: Transaction) {
  await execute(
    sql`insert into send_links (send_id, position, url)
      select ${sendId}, * from unnest(${links.map((link) => link.position)}::int[], ${links.map((link) => link.url)}::text[])`,
    trx
  )
}

/** The time in which a send can be taken back before the first mail has left. */
async function waitForStart(id: number, run: Run) {
  for (;;) {
    await run.checkpoint()
    const due = await row<{ wait: number }>(
      sql`select extract(epoch from starts_at - now())::float8 as wait from sends where id = ${id} and state = 'scheduled'`
    )
    if (!due || due.wait <= 0) return
    await sleep(Math.min(due.wait * 1000, 1_000), undefined, { signal: run.signal }).catch(() => {})
  }
}

async function letGo(id: number) {
  await transaction(async (trx) => {
    if (await moveSend(id, ['scheduled'], 'sending', null, trx)) await startDrainers(id, trx)
  })
}

/** Wakes the drainers of a send that goes on. */
export async function startDrainers(id: number, trx: Transaction) {
  const named = await row<{ name: string; staffId: number | null }>(
    sql`select c.name, s.staff_id as "staffId" from sends s join communications c on c.id = s.communication_id
      where s.id = ${id}`,
    trx
  )
  const options = { actor: { staffId: named!.staffId }, trx, title: named!.name, subject: { object: 'send', id } }
  for (let drainer = 1; drainer <= DRAINERS; drainer++) await drainJob.start({ send: id, drainer }, options)
}
