import { latestRun } from '#core/jobs'
import { dateTime, decimal, integer, show, type Panel, type Reader } from '#core/objects'
import { segmentOf, versionsOf, type Version } from './segment.js'

/** The card shows the latest fifty; "See all" shows the rest. */
const VERSIONS_SHOWN = 50

export const versionsPanel: Panel = {
  name: 'versions',
  tab: 'versions',
  view: 'segments::components/versions',
  load: (id, reader) => versions(id, reader, VERSIONS_SHOWN),
}

/** What the component draws: up to `limit` versions, whether there are more, and the recount that is going on. */
export async function versions(id: number, reader: Reader, limit: number) {
  const { object } = await segmentOf(id)
  const [found, run] = await Promise.all([versionsOf(id, limit + 1), latestRun({ object: 'segment', id })])
  return {
    segmentId: id,
    object,
    versions: found.slice(0, limit).map((version) => ({ ...inWords(version, reader), file: `/segments/${id}/versions/${version.version}/exports/create` })),
    more: found.length > limit,
    run: run && !run.finished ? run : null,
    failed: run?.state === 'failed' ? run : null,
  }
}

/** Written as every list writes such values. */
function inWords(version: Version, reader: Reader) {
  const number = (value: number) => show(integer(), value, reader)
  return {
    version: version.version,
    createdAt: show(dateTime(), version.created_at, reader),
    count: number(version.count),
    entered: number(version.entered),
    left: number(version.left_count),
    seconds: show(decimal({ scale: 1 }), version.milliseconds / 1000, reader),
  }
}
