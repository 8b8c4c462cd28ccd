import { defineModule } from '#core/modules'
import { consentObject } from './consent_object.js'
import { identifierObject } from './identifier_object.js'
import {
  channelObject,
  genderObject,
  unsubscribeCategoryObject,
  userStatusObject,
  userTypeObject,
} from './reference_books.js'
import { stopListObject } from './stop_list_object.js'
import { userSubscribed, userUnsubscribed } from './signals.js'
import { unsubscribeObject } from './unsubscribe_object.js'
import { userEventObject } from './user_event_object.js'
import { userObject } from './user_object.js'

export default defineModule({
  name: 'users',
  menu: [
    { group: 'database', name: 'users', path: '/users', object: 'user' },
    { group: 'database', name: 'identifiers', path: '/identifiers', object: 'identifier' },
    { group: 'database', name: 'stopList', path: '/stop-list', object: 'stop_list_entry' },
    { group: 'settings', name: 'userTypes', path: '/user-types', object: 'user_type' },
    { group: 'settings', name: 'userStatuses', path: '/user-statuses', object: 'user_status' },
    { group: 'settings', name: 'genders', path: '/genders', object: 'gender' },
    { group: 'settings', name: 'channels', path: '/channels', object: 'channel' },
    { group: 'settings', name: 'unsubscribeCategories', path: '/unsubscribe-categories', object: 'unsubscribe_category' },
  ],
  objects: [
    userTypeObject,
    userStatusObject,
    genderObject,
    channelObject,
    unsubscribeCategoryObject,
    userObject,
    identifierObject,
    unsubscribeObject,
    consentObject,
    stopListObject,
    userEventObject,
  ],
  signals: [userUnsubscribed, userSubscribed],
})
