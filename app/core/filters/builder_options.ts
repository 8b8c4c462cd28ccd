import { type ObjectDefinition } from '#core/objects'
import { type Changed } from './change_draft.js'
import { type Option } from './subjects.js'

/** Where a filter builder stands, and what it was asked to do. */
export interface BuilderOptions {
  /** Prefix of the inputs, and the name of the field that holds the filter as JSON. */
  name: string
  /** With Apply and Reset, above a list; else a part of the form around it. */
  applies: boolean
  /** Address of the list to which the filter is applied, where that is not the section of the object. */
  to?: string
  /** Also tells what is not filled in yet, and not only what is wrong. */
  strict?: boolean
  /** Where the person goes on, and what the last press could not do. */
  after?: Pick<Changed, 'focus' | 'refused'>
  /** Saved filters of an object that may be put in. */
  folders?: (object: ObjectDefinition) => Promise<Option[]>
  /** A page without JavaScript: every list holds all its options. */
  plain?: boolean
  /** Shows the SQL to those who can read it. */
  showsSql?: boolean
}
