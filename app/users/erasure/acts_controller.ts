import type { HttpContext } from '@adonisjs/core/http'
import { rows, row, sql } from '#core/database'
import { NotFound, readerOf } from '#core/http'
import { date, dateTime, integer, nameOf, objects, show, worded, type Reader } from '#core/objects'
import { settings } from '#core/settings'
import { type Destroyed } from './erase_rows.js'

interface Act {
  number: string
  createdAt: Date
  userId: number
  reason: string
  destroyed: Destroyed[]
  extract: { at: string; entry: string; what: string; by: number | null }[]
  staff: string | null
  keepUntil: string
}

/** The act of destruction as a page that is printed. */
export default class ActsController {
  async show(ctx: HttpContext) {
    const act = await row<Act>(
      sql`select a.number, a.created_at as "createdAt", a.user_id as "userId", a.reason, a.destroyed, a.extract, s.name as staff,
          a.keep_until as "keepUntil"
        from erasure_acts a left join staff s on s.id = a.staff_id where a.request_id = ${ctx.params.id}`
    )
    if (!act) throw new NotFound()
    const reader = readerOf(ctx)
    const names = await namesOf(act)
    return ctx.view.render('users::act', {
      company: settings().companyName,
      number: act.number,
      back: `/privacy-requests/${ctx.params.id}`,
      at: show(dateTime(), act.createdAt, reader),
      facts: [
        ['subject', `№ ${act.userId}`],
        ['reason', worded(reader, `privacy_request.reasons.${act.reason}`) ?? act.reason],
        ['by', act.staff ?? reader.t('erasureAct.nobody')],
        ['keepUntil', show(date(), act.keepUntil, reader)],
      ].map(([name, value]) => ({ label: reader.t(`erasureAct.${name}`), value })),
      destroyed: act.destroyed.map(({ what, how, rows: count }) => ({
        what: calledIn(reader, what),
        how: reader.t(`erasureAct.how.${how}`),
        count: show(integer(), count, reader),
      })),
      extract: act.extract.map(({ at, entry, what, by }) => ({
        at: show(dateTime(), new Date(at), reader),
        entry: reader.t(`erasureAct.entries.${entry}`),
        what: inWords(reader, entry, what),
        by: by ? (names.get(by) ?? `№ ${by}`) : '',
      })),
    })
  }
}

async function namesOf({ extract }: Act) {
  const ids = extract.flatMap(({ by }) => by ?? [])
  const found = await rows<{ id: number; name: string }>(sql`select id, name from staff where id = any(${ids}::bigint[])`)
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** A table by the name of its object; files, letters and tables behind the scenes by words of their own. */
function calledIn(reader: Reader, what: string) {
  const object = objects.all().find(({ table }) => table === what)
  return object ? nameOf(object, 'many', reader) : (worded(reader, `personal.leavings.${what}`, `personal.tables.${what.replace('.', '_')}`) ?? what)
}

/** `communication +` was written by the one who made the act; codes of actions are the audit log's own. */
function inWords(reader: Reader, entry: string, what: string) {
  const [code, value] = what.split(' ')
  const said = worded(reader, `consent.choices.kind.${code}`, `privacy_request.choices.kind.${code}`, `erasureAct.${entry}.${code}`) ?? code
  return value ? `${said}: ${reader.t(value === '+' ? 'core.yes' : 'core.no').toLocaleLowerCase(reader.locale)}` : said
}
