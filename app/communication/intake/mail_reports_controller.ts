import type { HttpContext } from '@adonisjs/core/http'
import { readFile } from 'node:fs/promises'
import { readerOf } from '#core/http'
import { messagesIn } from './mailbox.js'
import { takeIn, type Intake } from './take_in.js'

/** More than this is for the command line, where nobody waits for a page. */
const MOST_MESSAGES = 500

export default class MailReportsController {
  async create(ctx: HttpContext) {
    return ctx.view.render('communication::mail_reports', { figures: null, error: null })
  }

  async store(ctx: HttpContext) {
    const { t } = readerOf(ctx)
    const file = ctx.request.file('mailbox', { size: '10mb', extnames: ['eml', 'mbox', 'txt'] })
    const mailbox = file?.isValid && file.tmpPath ? await readFile(file.tmpPath) : null
    const error = faultOf(mailbox)
    if (error) {
      ctx.response.status(422)
      return ctx.view.render('communication::mail_reports', { figures: null, error: t(`mailReports.errors.${error}`) })
    }
    const intake = await takeIn(mailbox!)
    const figures = (Object.keys(intake) as (keyof Intake)[]).map((name) => ({
      label: t(`mailReports.figures.${name}`),
      value: intake[name],
    }))
    return ctx.view.render('communication::mail_reports', { figures, error: null })
  }
}

function faultOf(mailbox: Buffer | null): string | null {
  if (!mailbox) return 'file'
  const { length } = messagesIn(mailbox)
  if (!length) return 'empty'
  return length > MOST_MESSAGES ? 'many' : null
}
