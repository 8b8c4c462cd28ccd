import { Exception } from '@adonisjs/core/exceptions'

/** Codes of refusals (`refusals.<code>`), each with the status of its answer: programs are told both, and every test holds answers to them. */
export type Refusals = Readonly<Record<string, number>>

/** What stops a call before its method runs. The words are `errors.<code>`, as for every other problem. */
class CallRefused extends Exception {
  constructor(code: string, status: number) {
    super(code, { code, status })
  }
}

export class UnknownSource extends CallRefused {
  constructor() {
    super('unknownSource', 404)
  }
}

/** A page of a site that the source does not name. */
export class OriginRefused extends CallRefused {
  constructor() {
    super('originRefused', 403)
  }
}

/** The source is no front end, or the method is for servers: the secret key is missing or wrong. */
export class SourceKeyNeeded extends CallRefused {
  constructor() {
    super('sourceKeyNeeded', 401)
  }
}

/** A callback came without the signature or the secret of its address, with those of another one, or a second time as it was. */
export class CallbackNotProved extends CallRefused {
  constructor() {
    super('callbackNotProved', 401)
  }
}

export class CustomerNeeded extends CallRefused {
  constructor() {
    super('customerNeeded', 401)
  }
}

/** No object of JSON came. */
export class BodyUnreadable extends CallRefused {
  constructor() {
    super('bodyUnreadable', 400)
  }
}

/** Something else than JSON came, or files where none are taken. */
export class BodyUnread extends CallRefused {
  constructor() {
    super('notJson', 415)
  }
}

export class BodyTooLarge extends CallRefused {
  constructor() {
    super('tooLarge', 413)
  }
}

/** The same key came with another question. */
export class KeyUsedOtherwise extends CallRefused {
  constructor() {
    super('keyUsedOtherwise', 422)
  }
}

export class KeyMalformed extends CallRefused {
  constructor() {
    super('keyMalformed', 400)
  }
}

/** The first of them is still at work. */
export class StillRunning extends CallRefused {
  constructor() {
    super('stillRunning', 409)
  }
}
