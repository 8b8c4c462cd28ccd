import { DomainError } from '#core/objects'
import { type Problem } from './content/draft.js'

/** The mail is not ready: its first blocking problem. */
export class NotReady extends DomainError {
  readonly code: string

  constructor(problem: Problem) {
    super(problem.params)
    this.code = `notReady.${problem.code}`
  }
}

/** One live send of a communication at a time, however often Send is pressed. */
export class AlreadySending extends DomainError {
  readonly code = 'alreadySending'
}

/** Nobody would get it. */
export class NobodyToSendTo extends DomainError {
  readonly code = 'nobodyToSendTo'
}

/** A large audience is confirmed by typing how many it is. */
export class CountNotConfirmed extends DomainError {
  readonly code = 'countNotConfirmed'
}

/** The send is over, or stands where this cannot be done to it. */
export class SendIsElsewhere extends DomainError {
  readonly code = 'sendIsElsewhere'
}

/** A communication that was sent stays. */
export class Undeletable extends DomainError {
  readonly code = 'sentCommunication'
}
