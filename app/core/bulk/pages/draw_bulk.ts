import { type Staff } from '#core/access'
import { integer, objects, show, type Reader } from '#core/objects'
import { type BulkRun } from '../bulk_run.js'

/** A bulk run as its page and the dialog show it. */
export function drawBulk(bulk: BulkRun, { reader, staff }: { reader: Reader; staff: Pick<Staff, 'id'> }) {
  const number = (value: number) => show(integer(), value, reader)
  const object = objects.has(bulk.object) ? objects.get(bulk.object) : undefined
  return {
    id: bulk.id,
    runId: bulk.runId,
    words: bulk.words,
    state: bulk.state,
    finished: !['waiting', 'running'].includes(bulk.state),
    worked: bulk.done + bulk.same + bulk.skipped,
    total: bulk.total,
    done: number(bulk.done),
    same: bulk.same ? number(bulk.same) : undefined,
    skipped: bulk.skipped ? number(bulk.skipped) : undefined,
    section: object?.path && `/${object.path}`,
    mine: bulk.staffId === staff.id,
    tone: { done: 'good', failed: 'bad', cancelled: 'warn', running: 'accent' }[bulk.state as string],
  }
}
