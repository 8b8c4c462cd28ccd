/** What an author wrote: a communication before it is compiled. */
export interface Draft {
  senderName: string | null
  senderEmail: string | null
  replyTo: string | null
  subject: string | null
  preheader: string | null
  class: 'advertising' | 'system'
  /** Where `{Link}` leads. */
  link: string | null
  markup: 'mjml' | 'html'
  body: string
}

/** A compiled mail: Liquid is all that is left to fill. Frozen in the send, so that later edits do not reach it. */
export interface Content {
  senderName: string | null
  senderEmail: string
  replyTo: string | null
  subject: string
  html: string
  text: string
  class: Draft['class']
}

/** A link by its place in the mail; its address may hold macros after the host. */
export interface Link {
  position: number
  url: string
}

/** Something that an author should know; a send is refused while one is `blocking`. Words: `communication.problems.<code>`. */
export interface Problem {
  code: string
  blocking: boolean
  params?: Record<string, unknown>
}
