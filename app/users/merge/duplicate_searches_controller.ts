import type { HttpContext } from '@adonisjs/core/http'
import { row, sql, transaction } from '#core/database'
import { addressOf, rowSet } from '#core/home'
import { actorOf, goTo, readerOf } from '#core/http'
import { runState } from '#core/jobs'
import { findDuplicatesJob, type Search } from './find_duplicates_job.js'

/** The search for duplicates, which goes every night, asked for now. */
export default class DuplicateSearchesController {
  async show(ctx: HttpContext) {
    const reader = readerOf(ctx)
    const [run, open] = [await lastRun(), await openPairs()]
    /** Runs of old counted less. */
    const counted = run?.state === 'done' ? { found: 0, gone: 0, ...(run.result as Partial<Search> | null) } : undefined
    return ctx.view.render('users::duplicate_search', {
      run,
      counted,
      open,
      pairs: addressOf(rowSet('user_duplicate', { field: 'state', operator: 'equal', value: ['open'] }), reader),
      going: run && !run.finished,
    })
  }

  async store(ctx: HttpContext) {
    const run = await lastRun()
    if (!run || run.finished) {
      const [actor, title] = [actorOf(ctx), readerOf(ctx).t('user_duplicate.many')]
      await transaction((trx) => findDuplicatesJob.start({}, { actor, trx, title, subject: { object: 'user_duplicate', id: 0 } }))
    }
    return goTo(ctx, '/duplicates/search')
  }
}

async function lastRun() {
  const last = await row<{ id: number }>(sql`select id from job_runs where job = ${findDuplicatesJob.name} order by id desc limit 1`)
  return last ? runState(last.id) : null
}

async function openPairs() {
  const counted = await row<{ count: number }>(sql`select count(*) as count from user_duplicates where state = 'open'`)
  return counted!.count
}
