import { definePart } from '#core/modules'
import { eventTypeObject } from '../reference_books.js'
import { addEvent } from './add.js'
import { keepEventTypes } from './keep_event_types.js'
import { eventLimits } from './left.js'
import { eventLimitReached } from './signals.js'
import { userEventObject } from './user_event_object.js'

/** What happened to customers, and what front ends add to it. */
export const events = definePart({
  objects: [eventTypeObject, userEventObject],
  signals: [eventLimitReached],
  methods: [addEvent, eventLimits],
  prepare: keepEventTypes,
})
