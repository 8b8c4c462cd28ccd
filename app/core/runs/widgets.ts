import { rows, sql } from '#core/database'
import { rowSet, type Attention, type Widget } from '#core/home'
import { integer, show } from '#core/objects'

const FEW = 6

interface UnderWay {
  id: number
  title: string
  state: string
  done: number
  total: number | null
}

/** What workers are at, the newest first. */
export const runsWidget: Widget = {
  name: 'runs',
  now: true,
  order: 90,
  object: 'job_run',
  load: async (_period, reader) => {
    const found = await rows<UnderWay>(
      sql`select id, title, state, done, total from job_runs where state in ('waiting', 'running', 'stopping')
        order by id desc limit ${FEW}`
    )
    const number = (value: number) => show(integer(), value, reader)
    const lines = found.map(({ id, title, state, done, total }) => ({
      text: title,
      about: [reader.t(`job_run.choices.state.${state}`), total ? `${number(done)} / ${number(total)}` : ''].filter(Boolean).join(' · '),
      href: `/jobs/${id}`,
    }))
    return lines.length ? { lines } : { empty: 'none' }
  },
}

export const runAttention: Attention[] = [
  {
    name: 'failedRuns',
    ...rowSet('job_run', { field: 'state', operator: 'equal', value: ['failed'] }, { field: 'finishedAt', operator: 'lastDays', value: ['7'] }),
  },
]
