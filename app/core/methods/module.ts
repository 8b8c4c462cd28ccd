import { defineModule } from '#core/modules'
import { forgetAnswersJob } from './forget_job.js'
import { keptAnswers } from './kept_answers.js'

export default defineModule({ name: 'methods', jobs: [forgetAnswersJob], personal: { leavings: [keptAnswers] } })
