import { type Reader, typed, type Values } from '#core/objects'
import { type Communication } from './communication.js'
import { communicationObject } from './communication_object.js'
import { type Draft } from './content/draft.js'

/** What the page of the content writes. */
const contentFields = ['subject', 'preheader', 'link', 'markup', 'body']

/** The fields of the form. Throws `InvalidFields`. */
export function typedContent(form: Record<string, unknown>, reader: Reader): Values {
  const values = typed(communicationObject, contentFields, form, reader)
  return { ...values, body: values.body ?? '' }
}

/** The communication as it would be with what stands in the form. */
export function draftOf(communication: Communication, form: Record<string, unknown>, reader: Reader): Draft {
  return { ...communication, ...(typedContent(form, reader) as Partial<Draft>) }
}
