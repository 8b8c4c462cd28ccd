import env from '#start/env'
import app from '@adonisjs/core/services/app'

export default {
  /** Between Send and the first mail: time to think better of it. */
  undoSeconds: env.get('SEND_UNDO_SECONDS', app.inTest ? 0 : 30),
}
