import { type Readable } from 'node:stream'
import edge from 'edge.js'
import { ZipFile } from 'yazl'
import { onBehalfOf } from '#core/access'
import { recordChange } from '#core/audit'
import { execute, row, sql, transaction } from '#core/database'
import { removeFile, store } from '#core/files'
import { readerWith } from '#core/http'
import { type Run } from '#core/jobs'
import { dateTime, show, type Reader } from '#core/objects'
import { settings } from '#core/settings'
import { type PrivacyRequest } from '../erasure/privacy_request.js'
import { personOf } from '../merge/canonical.js'
import { mayCarryOut } from '../erasure/may_carry_out.js'
import { pageInWords } from './page_in_words.js'
import { personPages, type PersonPage } from './person_pages.js'

/** Writes the file that a person asked for: everything about them, for programs and for people (GDPR art. 15 and 20). */
export async function writePersonFile(request: PrivacyRequest, staffId: number | null, run: Run) {
  const person = staffId === null ? undefined : await onBehalfOf(staffId)
  if (!person || !mayCarryOut(person.staff)) return run.log('Who asked for it may not export it any more')
  const pages = await personPages(await personOf(request.userId))
  const name = `person-${request.userId}.zip`
  const reader = readerWith({ locale: await languageFor(request), timezone: settings().timezone }, person.reader)
  const fileId = await store(zipped(pages, await readable(request, pages, reader)), { name, contentType: 'application/zip', staffId })
  const kept = await transaction(async (trx) => {
    const given = await execute(
      sql`update privacy_requests set state = 'done', done_at = now(), done_by_id = ${staffId}, file_id = ${fileId}, updated_at = now()
        where id = ${request.id} and state in ('open', 'running')`,
      trx
    )
    const after = { request: request.id, reason: request.reason }
    if (given) await recordChange({ actor: { staffId, trace: `run ${run.id}` }, action: 'export', object: 'user', id: request.userId, after }, trx)
    return given > 0
  })
  if (!kept) await removeFile(fileId)
  await run.result({ tables: pages.length, rows: pages.reduce((sum, page) => sum + page.rows.length, 0) })
}

/** The one that was asked for, else the customer's own, else the company's first. */
async function languageFor({ id, userId }: PrivacyRequest): Promise<Reader['locale']> {
  const known = await row<{ locale: Reader['locale'] | null }>(
    sql`select coalesce(r.locale, u.locale) as locale from privacy_requests r left join users u on u.id = ${userId} where r.id = ${id}`
  )
  return known?.locale ?? settings().languages[0]
}

function zipped(pages: PersonPage[], html: string): Readable {
  const zip = new ZipFile()
  const data = Object.fromEntries(pages.map(({ table, rows }) => [table, rows]))
  zip.addBuffer(Buffer.from(JSON.stringify(data, null, 2)), 'person.json')
  zip.addBuffer(Buffer.from(html), 'person.html')
  zip.end()
  return zip.outputStream as Readable
}

async function readable({ userId }: PrivacyRequest, pages: PersonPage[], reader: Reader) {
  return edge.render('users::person_file', {
    locale: reader.locale,
    title: reader.t('personFile.title', { id: String(userId) }),
    text: reader.t('personFile.text', { company: settings().companyName, at: show(dateTime(), new Date(), reader) }),
    pages: await Promise.all(pages.map((page) => pageInWords(page, reader))),
  })
}
