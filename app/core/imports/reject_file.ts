import { objects } from '#core/objects'
import { csvFor, read, store } from '#core/files'
import { readCsv } from './csv/read_csv.js'
import { rejectsAfter, sentenceOf, type Reject } from './rejects.js'
import { readerFor, type Settings } from './settings.js'

interface Source {
  id: number
  name: string
  object: string
  fileId: number
  settings: Settings
}

/**
 * A file of the refused rows as they came, each with its reason in one more column: it is corrected and imported again.
 */
export async function writeRejectFile(source: Source, staffId: number | null): Promise<number> {
  return store(rejectedRows(source), { name: rejectName(source.name), contentType: 'text/csv; charset=utf-8', staffId })
}

const rejectName = (name: string) => name.replace(/(\.(csv|txt|tsv|gz))*$/i, '') + '.rejected.csv'

async function* rejectedRows({ id, object, fileId, settings }: Source): AsyncGenerator<string, void> {
  const reader = readerFor(settings)
  const csv = csvFor(reader, settings.delimiter)
  yield csv.first([...settings.columns, reader.t('import.reason')])

  const rejects = inOrder(id)
  let reject = (await rejects.next()).value
  let header = true
  for await (const records of readCsv(read(fileId), settings)) {
    const refused: string[][] = []
    for (const record of records) {
      if (header) {
        header = false
        continue
      }
      if (!reject) return yield csv.lines(refused)
      if (record.line !== reject.line) continue
      const cells = settings.columns.map((_, index) => record.cells[index] ?? '')
      refused.push([...cells, sentenceOf(reject.reasons, objects.get(object), reader)])
      reject = (await rejects.next()).value
    }
    if (refused.length) yield csv.lines(refused)
  }
}

const PAGE = 5000

async function* inOrder(importId: number): AsyncGenerator<Reject, undefined> {
  for (let line = 0; ; ) {
    const page = await rejectsAfter(importId, line, PAGE)
    yield* page
    if (page.length < PAGE) return
    line = page[page.length - 1].line
  }
}
