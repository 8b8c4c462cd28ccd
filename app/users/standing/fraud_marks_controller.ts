import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf } from '#core/http'
import { markAsFraud } from './block.js'
import { standingPage } from './standing_page.js'

/** Marking one customer as a fraudster, with the reason that others will ask for (F29). */
export default class FraudMarksController {
  async create(ctx: HttpContext) {
    return page.draw(ctx)
  }

  async store(ctx: HttpContext) {
    return page.write(ctx, async (id, { statusReason }) => {
      await transaction((trx) => markAsFraud(id, statusReason as string | null, actorOf(ctx), trx))
    })
  }
}

const page = standingPage({ title: 'markAsFraud', names: ['statusReason'], action: (id) => `/users/${id}/fraud-marks` })
