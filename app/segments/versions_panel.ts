import { DateTime } from 'luxon'
import { latestRun } from '#core/jobs'
import { type Panel, type Reader } from '#core/objects'
import { versionsOf, type Version } from './segment.js'

/** The card shows the latest fifty; "See all" shows the rest. */
export const VERSIONS_SHOWN = 50

export const versionsPanel: Panel = {
  name: 'versions',
  tab: 'versions',
  view: 'segments::components/versions',
  load: (id, reader) => versions(id, reader, VERSIONS_SHOWN),
}

/** What the component draws: up to `limit` versions, whether there are more, and the recount that is going on. */
export async function versions(id: number, reader: Reader, limit: number) {
  const [found, run] = await Promise.all([versionsOf(id, limit + 1), latestRun({ object: 'segment', id })])
  return {
    segmentId: id,
    versions: found.slice(0, limit).map((version) => inWords(version, reader)),
    more: found.length > limit,
    run: run && !run.finished ? run : null,
    failed: run?.state === 'failed' ? run : null,
  }
}

function inWords(version: Version, { locale, timezone }: Reader) {
  const number = new Intl.NumberFormat(locale)
  return {
    version: version.version,
    createdAt: DateTime.fromJSDate(version.created_at).setZone(timezone).setLocale(locale).toLocaleString(DateTime.DATETIME_MED),
    count: number.format(version.count),
    entered: number.format(version.entered),
    left: number.format(version.left_count),
    seconds: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(version.milliseconds / 1000),
  }
}
