import { type Condition } from '#core/filters'
import { rowSet, type RowSet } from '#core/home'

const yes = (field: string): Condition => ({ field, operator: 'equal', value: ['1'] })
const state = (value: string): Condition => ({ field: 'state', operator: 'equal', value: [value] })

/** The mails that a figure counts, so that it leads to them. */
const counted = {
  sent: { field: 'sentAt', operator: 'notEmpty' },
  delivered: state('sent'),
  bounced: state('bounced'),
  errors: state('failed'),
  opened: yes('opened'),
  clicked: yes('clicked'),
  spam: yes('complained'),
  unsubscribed: yes('unsubscribed'),
} satisfies Record<string, Condition>

export type Measure = keyof typeof counted

/** Deliveries that a figure counts, among those of the sends that these conditions mean. */
export const mailsBehind = (measure: Measure, ...sends: Condition[]): RowSet => rowSet('delivery', ...sends, counted[measure])

/** Conditions on sends, as deliveries ask about theirs. */
export const ofTheirSend = ({ field, ...asked }: Condition): Condition => ({ ...asked, field: `send.${field}` })
