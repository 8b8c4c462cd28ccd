import { row, sql, transaction } from '#core/database'
import { defineJob } from '#core/jobs'
import { writePersonFile } from '../person_file/write_person_file.js'
import { carryOutErasure } from './erase_user.js'
import { type PrivacyRequest } from './privacy_request.js'

/** Carries a request of a customer out. What was done already is not done again. */
export const privacyJob = defineJob<{ requestId: number; staffId: number | null }>({
  name: 'users.privacy',
  concurrency: 1,
  async run(run, { requestId, staffId }) {
    const request = await row<PrivacyRequest>(
      sql`select id, user_id as "userId", kind, reason, created_at as "createdAt" from privacy_requests
        where id = ${requestId} and state in ('open', 'running')`
    )
    if (!request) return
    if (request.kind === 'export') return writePersonFile(request, staffId, run)
    const act = await transaction((trx) => carryOutErasure(requestId, { staffId, trace: `run ${run.id}` }, trx))
    await run.result({ act })
  },
  async abandoned({ requestId }, _outcome, trx) {
    await row(sql`update privacy_requests set state = 'open', updated_at = now() where id = ${requestId} and state = 'running' returning id`, trx)
  },
})
