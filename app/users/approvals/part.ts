import { definePart } from '#core/modules'
import { rowSet } from '#core/home'
import { identifierRequestObject } from './identifier_request_object.js'
import { identifierApproved, identifierDeclined, identifierRequested } from './signals.js'
import { tellJob } from './tell_job.js'

const Approvals = () => import('./approvals_controller.js')
const Declines = () => import('./declines_controller.js')

/** Contacts that customers enter, and that staff decide on (F33). */
export const approvals = definePart({
  home: { attention: [{ name: 'identifierRequests', ...rowSet('identifier_request', { field: 'state', operator: 'equal', value: ['open'] }) }] },
  objects: [identifierRequestObject],
  signals: [identifierRequested, identifierApproved, identifierDeclined],
  jobs: [tellJob],
  routes({ staff }) {
    staff('decide', 'identifier_request').post('/identifier-requests/:id/approvals', [Approvals, 'store'])
    staff('decide', 'identifier_request').get('/identifier-requests/:id/declines/create', [Declines, 'create'])
    staff('decide', 'identifier_request').post('/identifier-requests/:id/declines', [Declines, 'store'])
  },
})
