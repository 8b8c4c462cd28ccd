import { definePart } from '#core/modules'
import { labelObject } from './label_object.js'
import { removeLabelsMethod, setLabelsMethod } from './methods.js'
import { userLabelled, userUnlabelled } from './signals.js'
import { userLabelObject } from './user_label_object.js'

/** What other systems and staff stick to customers. */
export const labels = definePart({
  objects: [labelObject, userLabelObject],
  signals: [userLabelled, userUnlabelled],
  methods: [setLabelsMethod, removeLabelsMethod],
})
