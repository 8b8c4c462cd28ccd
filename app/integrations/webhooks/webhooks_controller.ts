import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { execute, sql, transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { actorOf, goTo, listSent, readerOf, toast } from '#core/http'
import { signals } from '#core/signals'
import { chosenSignals } from './signals_panel.js'
import { replay, replayFailed } from './replay.js'
import { OVERLAP_HOURS, readSecret, rotateSecret } from './secret.js'
import { sendTest } from './send_test.js'

/** What is done to a webhook beyond editing its fields. */
export default class WebhooksController {
  async signals(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'webhook')
    const known = signals.all().map(({ name }) => name)
    const wanted = listSent(ctx, 'signals').filter((name) => known.includes(name))
    const before = await chosenSignals(id)
    await transaction(async (trx) => {
      await execute(sql`update webhooks set signals = ${wanted}::text[], every_signal = ${wanted.length === 0}, updated_at = now() where id = ${id}`, trx)
      const told = (names: string[]) => ({ signals: names.join(', ') })
      await recordChange({ actor: actorOf(ctx), action: 'edit', object: 'webhook', id, before: told(before), after: told(wanted) }, trx)
    })
    toast(ctx, readerOf(ctx).t('core.saved'))
    return goTo(ctx, `/webhooks/${id}?tab=signals`)
  }

  async test(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'webhook')
    const message = await sendTest(id)
    toast(ctx, readerOf(ctx).t('webhook.tested'))
    return goTo(ctx, `/webhook-messages/${message}`)
  }

  async secret(ctx: HttpContext) {
    return shown(ctx, await rowNamed(ctx, 'webhook'))
  }

  async rotate(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'webhook')
    await rotateSecret(id, actorOf(ctx))
    toast(ctx, readerOf(ctx).t('webhook.rotated'))
    return shown(ctx, id)
  }

  async replayFailed(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'webhook')
    const count = await replayFailed(id)
    toast(ctx, readerOf(ctx).t('webhook.replayed', { count }))
    return goTo(ctx, `/webhooks/${id}`)
  }

  async replay(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'webhook_message')
    const isReplayed = await replay(id)
    toast(ctx, readerOf(ctx).t('webhook.replayed', { count: isReplayed ? 1 : 0 }))
    return goTo(ctx, `/webhook-messages/${id}`)
  }
}

async function shown(ctx: HttpContext, id: number) {
  return ctx.view.render('integrations::webhook_secret', { id, secret: await readSecret(id, actorOf(ctx)), hours: OVERLAP_HOURS })
}
