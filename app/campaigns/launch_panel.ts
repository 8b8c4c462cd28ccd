import { identifier, row, sql } from '#core/database'
import { dateTime, objects, show, titles, type Panel, type Reader } from '#core/objects'
import { inOrder, type Step } from './in_order.js'

/**
 * The way of F67 on the card of a campaign, from its name to its first participant: each step says what is next and leads there. It goes
 * once somebody takes part.
 */
export const launchPanel: Panel = { name: 'launch', tab: 'sources', order: -1, view: 'campaigns::components/launch', load: launchOf, hears: ['source', 'campaign'] }

interface Launched {
  startsAt: Date | null
  endsAt: Date | null
  /** Of its sources the one that is nearest to being called. */
  sourceId: number | null
  callable: boolean
  joined: boolean
}

async function launchOf(id: number, reader: Reader) {
  const launched = (await row<Launched>(sql`
    select c.starts_at as "startsAt", c.ends_at as "endsAt", s.id as "sourceId", coalesce(s.callable, false) as callable,
      exists (select from ${identifier(objects.relation(objects.get('campaign'), 'participants').object.table)} p where p.campaign_id = c.id) as joined
    from campaigns c left join lateral (
      select id, (front_end or key_hash is not null) as callable from sources
      where campaign_id = c.id and active and deleted_at is null order by 2 desc, position, id limit 1
    ) s on true where c.id = ${id}`))!
  return { steps: launched.joined ? [] : inOrder('campaign', await stepsOf(id, launched, reader), reader) }
}

async function stepsOf(id: number, { startsAt, endsAt, sourceId, callable, joined }: Launched, reader: Reader): Promise<Step[]> {
  const [source] = sourceId ? await titles(objects.get('source'), [sourceId], reader) : []
  const values = { source: source?.title ?? '' }
  const dates = startsAt && endsAt && { from: show(dateTime(), startsAt, reader), until: show(dateTime(), endsAt, reader) }
  const add = `/sources/create?campaign=${id}`
  return [
    { name: 'made', state: dates ? 'dated' : 'open', done: true, values: dates || {} },
    { name: 'source', state: source ? 'added' : 'none', done: Boolean(source), values, href: add, needs: ['create', 'source'], attributes: { 'hx-get': add, 'hx-target': '#dialog' } },
    { name: 'caller', state: callable ? 'may' : source ? 'nobody' : 'later', done: callable, values, href: source && `/sources/${sourceId}/key`, needs: ['edit', 'source'] },
    { name: 'joined', state: callable ? 'next' : 'later', done: joined, href: callable ? `/sources/${sourceId}` : undefined },
  ]
}
