import { privacyJob } from './erasure/privacy_job.js'
import { privacyRequestObject } from './erasure/privacy_request_object.js'
import { privacyUpkeepJob } from './erasure/upkeep_job.js'
import { requestsAttention } from './erasure/attention.js'
import { personalOfUsers } from './erasure/personal_of_users.js'
import { defineModule } from '#core/modules'
import { readMerged } from '#core/objects'
import { accounts } from './accounts/part.js'
import { campaignAgreeObject } from './consents/campaign_agree_object.js'
import { consentDocumentObject } from './consents/consent_document_object.js'
import { consentMethods } from './consents/methods.js'
import { consentObject } from './consents/consent_object.js'
import { consentGiven, consentWithdrawn, userSubscribed, userUnsubscribed } from './consents/signals.js'
import { subscriptionObject } from './consents/subscription_object.js'
import { unsubscribeObject } from './consents/unsubscribe_object.js'
import { identifierObject } from './identifiers/identifier_object.js'
import { keepEventTypes } from './keep_event_types.js'
import {
  channelObject,
  eventTypeObject,
  genderObject,
  unsubscribeCategoryObject,
  userStatusObject,
  userTypeObject,
} from './reference_books.js'
import { labelObject } from './labels/label_object.js'
import { userLabelled, userUnlabelled } from './labels/signals.js'
import { userLabelObject } from './labels/user_label_object.js'
import { duplicateObject } from './merge/duplicate_object.js'
import { findDuplicatesJob } from './merge/find_duplicates_job.js'
import { mergeObject } from './merge/merge_object.js'
import { userMerged, userParted } from './merge/signals.js'
import { routes } from './routes.js'
import { liftBlocksJob } from './standing/lift_blocks_job.js'
import { stopListObject } from './stop_list_object.js'
import { customersWidget, reachableWidget, statusesWidget } from './widgets.js'
import { userEventObject } from './user_event_object.js'
import { userObject } from './user_object.js'

export default defineModule({
  name: 'users',
  menu: [
    { group: 'database', name: 'users', path: '/users', object: 'user', key: 'u' },
    { group: 'database', name: 'identifiers', path: '/identifiers', object: 'identifier', key: 'd' },
    { group: 'database', name: 'duplicates', path: '/duplicates', object: 'user_duplicate' },
    { group: 'database', name: 'stopList', path: '/stop-list', object: 'stop_list_entry' },
    { group: 'settings', name: 'consentDocuments', path: '/consent-documents', object: 'consent_document' },
    { group: 'database', name: 'privacyRequests', path: '/privacy-requests', object: 'privacy_request' },
    { group: 'database', name: 'consents', path: '/consents', object: 'consent' },
    { group: 'books', name: 'userTypes', path: '/user-types', object: 'user_type' },
    { group: 'books', name: 'userStatuses', path: '/user-statuses', object: 'user_status' },
    { group: 'books', name: 'labels', path: '/labels', object: 'label' },
    { group: 'books', name: 'genders', path: '/genders', object: 'gender' },
    { group: 'books', name: 'channels', path: '/channels', object: 'channel' },
    { group: 'books', name: 'unsubscribeCategories', path: '/unsubscribe-categories', object: 'unsubscribe_category' },
    { group: 'books', name: 'eventTypes', path: '/event-types', object: 'event_type' },
    ...accounts.menu,
  ],
  home: {
    widgets: [customersWidget, statusesWidget, reachableWidget],
    attention: requestsAttention,
    steps: [{ name: 'customers', object: 'user', href: '/imports/create?object=user' }],
  },
  objects: [
    userTypeObject,
    userStatusObject,
    genderObject,
    channelObject,
    unsubscribeCategoryObject,
    userObject,
    identifierObject,
    campaignAgreeObject,
    unsubscribeObject,
    subscriptionObject,
    consentDocumentObject,
    consentObject,
    privacyRequestObject,
    stopListObject,
    eventTypeObject,
    userEventObject,
    labelObject,
    userLabelObject,
    duplicateObject,
    mergeObject,
    ...accounts.objects,
  ],
  signals: [
    userUnsubscribed, userSubscribed, consentGiven, consentWithdrawn, userLabelled, userUnlabelled, userMerged, userParted,
    ...accounts.signals,
  ],
  jobs: [privacyJob, privacyUpkeepJob, liftBlocksJob, findDuplicatesJob, ...accounts.jobs],
  methods: [...accounts.methods, ...consentMethods],
  doors: accounts.doors,
  routes,
  personal: personalOfUsers,
  changes: () => readMerged(userObject),
  prepare: keepEventTypes,
})
