import { dateTime, integer, nameOf, objects, show, type Reader } from '#core/objects'
import { type ExportRow } from '../find_export.js'

/** An export as its list shows it. */
export function drawExport(one: ExportRow, reader: Reader) {
  const finished = !['waiting', 'running'].includes(one.state)
  return {
    ...one,
    finished,
    objects: objects.has(one.object) ? nameOf(objects.get(one.object), 'many', reader) : one.object,
    format: one.view.format.toUpperCase(),
    createdAt: show(dateTime(), one.createdAt, reader),
    expiresAt: one.expiresAt && show(dateTime(), one.expiresAt, reader),
    rows: one.rows === null ? null : show(integer(), one.rows, reader),
    kilobytes: one.size === null ? null : show(integer(), Math.ceil(one.size / 1024), reader),
    file: one.state === 'done' ? `/exports/${one.id}/file` : undefined,
    tone: { done: 'good', failed: 'bad', cancelled: 'warn', running: 'accent' }[one.state as string],
  }
}
