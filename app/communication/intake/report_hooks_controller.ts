import type { HttpContext } from '@adonisjs/core/http'
import { isSignedOnce } from '#core/access'
import { row, sql } from '#core/database'
import { idParam } from '#core/http'
import { unsealed } from '#core/secrets'
import { applyReport } from './apply_report.js'
import { type Report } from './report.js'
import { takeIn } from './take_in.js'

const KINDS = ['hard_bounce', 'soft_bounce', 'complaint']

export default class ReportHooksController {
  /**
   * What a provider tells of mails, signed with the secret of the provider. JSON `{ kind, messageId, address, note }`, or the
   * returned mail itself as `{ message }` or as plain text.
   */
  async store(ctx: HttpContext) {
    const { request, response } = ctx
    const id = idParam(ctx, 'id')
    const secret = await secretOf(id)
    const body = request.raw() ?? ''
    if (!secret || !(await isSignedOnce([secret], ctx, `mail:${id}`))) return response.status(401).send({ title: 'Unauthorized', status: 401 })

    const report = reportIn(request.body())
    if (report) return response.send({ result: await applyReport(report, `hook:${request.header('webhook-id')}`) })
    const message = messageIn(request.body(), body)
    if (!message) return response.status(422).send({ title: 'Neither a report nor a message', status: 422 })
    return response.send({ result: await takeIn(Buffer.from(message)) })
  }
}

async function secretOf(providerId: number): Promise<string | null> {
  const provider = await row<{ sealed: string | null }>(
    sql`select webhook_secret as sealed from mail_providers where id = ${providerId}`
  )
  return unsealed(provider?.sealed)
}

function reportIn(body: Record<string, unknown>): Report | null {
  const { kind, messageId, address, note } = body
  if (typeof kind !== 'string' || !KINDS.includes(kind)) return null
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 500) : null)
  return { kind: kind as Report['kind'], messageId: text(messageId), address: text(address)?.toLowerCase() ?? null, note: text(note) ?? '' }
}

function messageIn({ message }: Record<string, unknown>, raw: string): string | null {
  if (typeof message === 'string') return message
  return raw.trimStart().startsWith('{') ? null : raw || null
}
