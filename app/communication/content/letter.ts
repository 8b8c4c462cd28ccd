import { type Content } from './draft.js'
import { Parsed } from './engine.js'
import { type Person } from './person.js'
import { contextOf, type Letter } from './vocabulary.js'

export interface Filled {
  subject: string
  html: string
  text: string
}

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g

/** A mail ready to be filled, parsed once however many get it. */
export class LetterTemplate {
  #subject: Parsed
  #html: Parsed
  #text: Parsed

  constructor({ subject, html, text }: Content) {
    this.#subject = new Parsed(subject, 'text')
    this.#html = new Parsed(html, 'html')
    this.#text = new Parsed(text, 'text')
  }

  /** Throws when the template costs more than its limits allow. */
  fill(person: Person, letter: Letter): Filled {
    const context = contextOf(person, letter)
    return {
      subject: oneLine(this.#subject.fill(context)),
      html: this.#html.fill(context),
      text: this.#text.fill(context),
    }
  }
}

/** A header has one line, and a name must not turn its letters around. */
function oneLine(value: string) {
  return value.replace(CONTROL, ' ').trim().slice(0, 900)
}
