import { rows, sql } from '#core/database'
import { dateTime, show, type Panel, type Reader } from '#core/objects'
import { reactionTones, type ReactionKind } from './reaction_object.js'

/** What is known of one mail after it left, in its order. */
export const mailPanel: Panel = {
  name: 'reactions',
  tab: 'reactions',
  view: 'communication::components/mail_reactions',
  load: async (id, reader) => ({ reactions: reader.reads('reaction') ? await reactionsTo(id, reader) : [] }),
}

interface Noted {
  id: number
  kind: ReactionKind
  createdAt: Date
  url: string | null
  bot: boolean
}

const MOST = 200

async function reactionsTo(delivery: number, reader: Reader) {
  const noted = await rows<Noted>(
    sql`select r.id, r.kind, r.created_at as "createdAt", l.url, r.bot
      from deliveries d
      join reactions r on r.user_id = d.user_id and r.send_id = d.send_id and r.identifier_id = d.identifier_id
      left join send_links l on l.id = r.link_id
      where d.id = ${delivery}
      order by r.id limit ${MOST}`
  )
  return noted.map(({ createdAt, kind, ...one }) => ({
    ...one,
    at: show(dateTime(), createdAt, reader),
    kind: reader.t(`reaction.choices.kind.${kind}`),
    tone: reactionTones[kind],
  }))
}
