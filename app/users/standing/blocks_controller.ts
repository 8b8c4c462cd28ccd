import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf } from '#core/http'
import { InvalidFields } from '#core/objects'
import { block } from './block.js'
import { standingPage } from './standing_page.js'

/** Blocking one customer, until a moment or until it is lifted (F29). */
export default class BlocksController {
  async create(ctx: HttpContext) {
    return page.draw(ctx)
  }

  async store(ctx: HttpContext) {
    return page.write(ctx, async (id, { blockedUntil, statusReason }) => {
      if (blockedUntil && new Date(blockedUntil as string) <= new Date()) throw InvalidFields.at('blockedUntil', 'past')
      const until = blockedUntil as string | null
      await transaction((trx) => block(id, { until, reason: statusReason as string | null }, actorOf(ctx), trx))
    })
  }
}

const page = standingPage({ title: 'block', names: ['blockedUntil', 'statusReason'], action: (id) => `/users/${id}/blocks` })
