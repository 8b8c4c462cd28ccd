import { DomainError, type Reader } from '#core/objects'

/** The code or the link is wrong, used, replaced, out of date or tried too often: which of it is told to nobody (S-01, S-02). */
export class WrongTicket extends DomainError {
  readonly code = 'wrongTicket'
}

/** Nothing brings a code to identifiers of this type. */
export class ChannelMissing extends DomainError {
  readonly code = 'channelMissing'

  constructor(readonly type: string) {
    super({ type })
  }

  override words(reader: Reader) {
    return { type: reader.t(`identifier.choices.type.${this.type}`) }
  }
}
