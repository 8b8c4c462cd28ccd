/** What a mail server or a mailbox told about one mail of ours. */
export interface Report {
  kind: 'hard_bounce' | 'soft_bounce' | 'complaint'
  /** Message-ID of our mail, when the report carries its head. */
  messageId: string | null
  /** To whom it was going, in lower case. */
  address: string | null
  note: string
}
