import { defineJob } from '#core/jobs'
import { forgetAnswers } from './idempotency.js'

/** A key of idempotency holds for a day. */
export const forgetAnswersJob = defineJob({
  name: 'methods.forgetAnswers',
  daily: true,
  async run(run) {
    await run.result({ answers: await forgetAnswers() })
  },
})
