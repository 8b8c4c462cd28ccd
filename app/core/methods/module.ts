import { defineModule } from '#core/modules'
import { forgetAnswersJob } from './forget_job.js'

export default defineModule({ name: 'methods', jobs: [forgetAnswersJob] })
