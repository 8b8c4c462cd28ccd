import { definePart } from '#core/modules'
import { requestsAttention } from './attention.js'
import { dayOffObject } from './day_off_object.js'
import { personalOfUsers } from './personal_of_users.js'
import { privacyJob } from './privacy_job.js'
import { privacyRequestObject } from './privacy_request_object.js'
import { privacyUpkeepJob } from './upkeep_job.js'

const Acts = () => import('./acts_controller.js')
const Executions = () => import('./executions_controller.js')
const PersonFiles = () => import('../person_file/person_files_controller.js')
const Refusals = () => import('./refusals_controller.js')

/** What a person may ask of their data: that it be gone, or handed to them. */
export const erasure = definePart({
  home: { attention: requestsAttention },
  objects: [privacyRequestObject, dayOffObject],
  jobs: [privacyJob, privacyUpkeepJob],
  personal: personalOfUsers,
  routes({ staff }) {
    const carriedOut = staff('carryOut', 'privacy_request')
    carriedOut.post('/privacy-requests/:id/executions', [Executions, 'store'])
    carriedOut.post('/privacy-requests/:id/refusals', [Refusals, 'store'])
    carriedOut.get('/privacy-requests/:id/file', [PersonFiles, 'show'])
    staff('read', 'privacy_request').get('/privacy-requests/:id/act', [Acts, 'show'])
  },
})
