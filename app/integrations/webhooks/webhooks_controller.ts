import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { execute, sql, transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { actorOf, goTo, listSent, readerOf, toast } from '#core/http'
import { overlapOf, overlaps } from '#core/secrets'
import { signals } from '#core/signals'
import { chosenSignals } from './signals_panel.js'
import { replay, replayFailed } from './replay.js'
import { readSecret, rotateSecret } from './secret.js'
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
    const id = await rowNamed(ctx, 'webhook')
    return shown(ctx, id, await readSecret(id, actorOf(ctx)))
  }

  async rotation(ctx: HttpContext) {
    const { t } = readerOf(ctx)
    const id = await rowNamed(ctx, 'webhook')
    return ctx.view.render('secrets::rotation', {
      title: t('webhook.buttons.rotate'),
      back: backTo(id, ctx),
      text: t('webhook.rotateText'),
      action: `/webhooks/${id}/rotation`,
      label: t('webhook.buttons.rotate'),
      overlaps,
    })
  }

  async rotate(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'webhook')
    return shown(ctx, id, await rotateSecret(id, overlapOf(ctx.request.input('overlap')), actorOf(ctx)))
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

function shown(ctx: HttpContext, id: number, secret: string) {
  const { t } = readerOf(ctx)
  const back = backTo(id, ctx)
  return ctx.view.render('secrets::shown', {
    title: t('webhook.secretTitle'),
    back,
    text: t('webhook.secretText'),
    secret,
    next: [{ ...back, tone: 'primary' }],
  })
}

const backTo = (id: number, ctx: HttpContext) => ({ href: `/webhooks/${id}`, label: readerOf(ctx).t('webhook.one') })
