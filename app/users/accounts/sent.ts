import vine from '@vinejs/vine'
import { identifierTypes } from '../identifiers/identifier_object.js'

/** No line breaks or other control characters, no halves of a letter, nothing that turns the direction of what follows. */
// eslint-disable-next-line no-control-regex
const ONE_LINE = /^[^\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/

export const line = (longest: number) => vine.string().trim().maxLength(longest).regex(ONE_LINE)

/** In any spelling: `8 916 123-45-67`. */
export const identifierSent = () => vine.object({ type: vine.enum(identifierTypes), value: line(320).minLength(1) })

/** The same from who may have confirmed it: a server with the key of its source. */
export const contactSent = () =>
  vine.object({ type: vine.enum(identifierTypes), value: line(320).minLength(1), confirmed: vine.boolean().optional() })

export const passwordSent = () => vine.string().minLength(1).maxLength(1000)

/** Fields of a person, by which front ends know them. */
export const personSent = () => ({
  surname: line(100).nullable().optional(),
  givenName: line(100).nullable().optional(),
  middleName: line(100).nullable().optional(),
  birthDate: vine.string().regex(/^\d{4}-\d\d-\d\d$/).nullable().optional(),
  gender: line(60).nullable().optional(),
  locale: vine.enum(['ru', 'en']).optional(),
  attributes: vine.record(vine.any().nullable()).optional(),
})
