import { Exception } from '@adonisjs/core/exceptions'

/** There is no such page or row, or none for this person. */
export class NotFound extends Exception {
  static status = 404
  static code = 'notFound'
}

/** A program called what is no method and no object, or asked it by another verb. */
export class NoSuchMethod extends Exception {
  static status = 404
  static code = 'noSuchMethod'
}

/** Signed in, but without the right. */
export class Forbidden extends Exception {
  static status = 403
  static code = 'forbidden'
}

/** A write that another site's page sends. */
export class ForeignOrigin extends Exception {
  static status = 403
  static code = 'foreignOrigin'
}

/** An administrator who looks at the product as another role changes nothing meanwhile. */
export class OnlyLooking extends Exception {
  static status = 403
  static code = 'onlyLooking'
}

export class TooManyRequests extends Exception {
  static status = 429
  static code = 'tooMany'

  /** `seconds` until it makes sense to ask again. */
  constructor(readonly seconds: number) {
    super('Too many requests')
  }

  getDefaultHeaders() {
    return { 'Retry-After': String(this.seconds) }
  }
}
