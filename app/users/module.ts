import { defineModule } from '#core/modules'
import { accounts } from './accounts/part.js'
import { approvals } from './approvals/part.js'
import { consents } from './consents/part.js'
import { documents } from './documents/part.js'
import { erasure } from './erasure/part.js'
import { events } from './events/part.js'
import { identifierObject } from './identifiers/identifier_object.js'
import { labels } from './labels/part.js'
import { merge } from './merge/part.js'
import { channelObject, genderObject, unsubscribeCategoryObject, userStatusObject, userTypeObject } from './reference_books.js'
import { sessions } from './sessions/part.js'
import { social } from './social/part.js'
import { standing } from './standing/part.js'
import { tickets } from './tickets/part.js'
import { userObject } from './user_object.js'
import { customersWidget, reachableWidget, statusesWidget } from './widgets.js'

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
    { group: 'books', name: 'daysOff', path: '/days-off', object: 'day_off' },
    { group: 'settings', name: 'ticketGenerators', path: '/ticket-generators', object: 'ticket_generator' },
    { group: 'database', name: 'identifierRequests', path: '/identifier-requests', object: 'identifier_request' },
    { group: 'database', name: 'documents', path: '/documents', object: 'document' },
    { group: 'integrations', name: 'socialProviders', path: '/social-providers', object: 'social_provider' },
  ],
  home: {
    widgets: [customersWidget, statusesWidget, reachableWidget],
    steps: [{ name: 'customers', object: 'user', href: '/imports/create?object=user' }],
  },
  objects: [userTypeObject, userStatusObject, genderObject, channelObject, unsubscribeCategoryObject, userObject, identifierObject],
  parts: [accounts, approvals, consents, erasure, standing, events, labels, merge, tickets, sessions, documents, social],
})
