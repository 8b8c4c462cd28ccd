import { type Figures } from './apply/figures.js'
import { type Reject } from './rejects.js'

/** What an import would do. */
export interface Trial extends Figures {
  lines: number
  /** Whether the file has more rows than were tried. */
  partial: boolean
  /** The first rows that would be refused. */
  errors: Reject[]
}
