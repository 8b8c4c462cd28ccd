import { sql } from '#core/database'
import { type RowSource } from '#core/exports'
import { segmentOf } from './segment.js'

/** The members of any version of a segment, for a file: those still there since, and those who left later. */
export const versionRows: RowSource = {
  name: 'segments.version',
  needs: { right: 'export', object: 'segment' },
  ids: ([segmentId, version]) => sql`
    select member_id from segment_current where segment_id = ${segmentId} and from_version <= ${version}
    union all
    select member_id from segment_delta
    where segment_id = ${segmentId} and op = -1 and version > ${version} and from_version <= ${version}`,
  async describe([segmentId, version], reader) {
    const { name } = await segmentOf(segmentId)
    return reader.t('segment.versions.rows', { name, version })
  },
}
