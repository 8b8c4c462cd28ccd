import { latestRun } from '#core/jobs'
import { objects, openTo, type Panel, type Reader } from '#core/objects'
import { findImport } from './find_import.js'
import { rejectsAfter, sentenceOf } from './rejects.js'

const SHOWN = 20

/** How far an import is, or what came of it, with the first rows that were refused. */
export const outcomePanel: Panel = {
  name: 'outcome',
  tab: 'result',
  view: 'imports::components/outcome',
  load: outcome,
}

async function outcome(id: number, reader: Reader) {
  const found = (await findImport(id))!
  const run = await latestRun({ object: 'import', id }, 'imports.apply')
  const object = objects.get(found.object)
  /** Reasons repeat what stood in the file. */
  const rejects = openTo(object, reader) ? await rejectsAfter(id, 0, SHOWN) : []
  return {
    found,
    run: run && (!run.finished || found.state !== 'done') ? run : null,
    rejects: rejects.map(({ line, reasons }) => ({ line, reason: sentenceOf(reasons, object, reader) })),
  }
}
