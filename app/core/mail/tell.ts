import i18nManager from '@adonisjs/i18n/services/main'
import { row, sql } from '#core/database'
import { defineJob, type StartOptions } from '#core/jobs'
import { appUrl } from '#config/app'
import { deliver } from './deliver.js'
import { type Letter } from './letter.js'

interface Notice {
  /** `mail.notices.<words>`: `subject`, `text` and, where there is a page, `button`. */
  words: string
  /** For the words; no secrets, since payloads of jobs are kept. */
  values?: Record<string, string | number>
  /** The page that the button opens: `/exports/5`. */
  path?: string
}

interface Told extends Notice {
  staff: number
}

/** Tells a member of staff something by mail: an export is ready, a report. In their own language, as they are when it leaves. */
export async function tell(staffId: number, notice: Notice, options: Omit<StartOptions, 'title'>): Promise<number> {
  const person = await row<{ name: string }>(sql`select name from staff where id = ${staffId}`, options.trx)
  return noticeJob.start({ staff: staffId, ...notice }, { ...options, title: person?.name ?? '—' })
}

export const noticeJob = defineJob<Told>({
  name: 'mail.notice',
  async run(run, { staff, words, values = {}, path }) {
    const person = await addressee(staff)
    if (!person) return run.log('The person does not sign in here any more')
    const i18n = i18nManager.locale(person.locale)
    const say = (key: string) => i18n.t(`mail.notices.${words}.${key}`, values)
    await deliver({
      to: person,
      locale: person.locale,
      subject: say('subject'),
      lines: [say('text')],
      button: path ? { label: say('button'), url: new URL(path, appUrl).href } : undefined,
    })
  },
})

const addressee = (staffId: number) =>
  row<Letter['to'] & Pick<Letter, 'locale'>>(sql`select name, email as address, locale from staff where id = ${staffId} and active`)
