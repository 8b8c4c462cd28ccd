import { onBehalfOf } from '#core/access'
import { execute, identifier, row, sql } from '#core/database'
import { defineJob } from '#core/jobs'
import { type Actor, type Reader } from '#core/objects'
import { communicationOf } from '../communication.js'
import { compile } from '../content/compile.js'
import { LetterTemplate } from '../content/letter.js'
import { samplePerson, type Person } from '../content/person.js'
import { personColumn } from '../content/person_columns.js'
import { linkUrl, openUrl } from '../tracking/addresses.js'
import { handOver } from './hand_over.js'
import { MimeMould } from './mime.js'
import { providerOf } from './provider.js'
import { type Frozen } from './send.js'
import { connect } from './transport.js'

interface TestMail {
  communication: number
  /** Where it goes: the address of the member of staff who asked. */
  to: string
  /** Whose data fill it; nobody's in particular when null. */
  customer: number | null
  /** Who asked: of what they may not read, the mail tells the titles alone. */
  by: number | null
}

const TOKEN = '{{ Token }}'

/** One mail to the person who writes it, kept apart from all live figures (F50). It has no customer: user 0. */
export const testMailJob = defineJob<TestMail>({
  name: 'communication.test',
  retries: 2,
  async run(run, { communication: id, to, customer, by }) {
    const communication = await communicationOf(id)
    const { providerId, channelId, categoryId, campaignId } = communication
    const { content: written, links } = await compile(communication, {
      link: (position) => linkUrl(position, TOKEN),
      pixel: openUrl(TOKEN),
    })
    const content: Frozen = { ...written, providerId, channelId, categoryId, campaignId }
    const send = { id: await writeSend(id, content, to), content }
    await execute(
      sql`insert into send_links (send_id, position, url)
        select ${send.id}, * from unnest(${links.map((link) => link.position)}::int[], ${links.map((link) => link.url)}::text[])`
    )

    const transport = connect(await providerOf(providerId))
    try {
      const asker = by ? await onBehalfOf(by) : undefined
      const person = (customer && asker && (await personOf(customer, asker.reader))) || samplePerson
      const tools = {
        transport,
        letter: new LetterTemplate(content),
        mould: await MimeMould.of(content, send.id),
        envelopeFrom: content.senderEmail,
      }
      const { outcome, answer } = await handOver({ userId: 0, identifierId: 0, address: to, person }, send, tools)
      if (outcome !== 'sent') throw new Error(answer)
      await execute(sql`update deliveries set state = 'sent', sent_at = now(), answer = ${answer} where send_id = ${send.id}`)
      await run.result({ to, answer })
    } finally {
      transport.close()
    }
  },
})

async function writeSend(communicationId: number, content: Frozen, to: string): Promise<number> {
  const written = await row<{ id: number }>(
    sql`with made as (
        insert into sends (communication_id, state, test, content, recipients, started_at, finished_at)
        values (${communicationId}, 'finished', true, ${JSON.stringify(content)}::jsonb, 1, now(), now()) returning id
      )
      insert into deliveries (send_id, communication_id, user_id, identifier_id, address)
      select id, ${communicationId}, 0, 0, ${to} from made returning send_id as id`
  )
  return written!.id
}

/** The customer as this reader may know them. */
export async function personOf(userId: number, { reads }: Pick<Reader, 'reads'>): Promise<Person | undefined> {
  const found = await row<{ person: Person }>(
    sql`select ${personColumn(identifier('u'), reads)} as person from users u where u.id = ${userId} and u.deleted_at is null`
  )
  return found?.person
}

/** Puts a test mail on its way; answers the id of its run. */
export async function sendTest(id: number, to: string, customer: number | null, actor: Actor): Promise<number> {
  const { name } = await communicationOf(id)
  return testMailJob.start(
    { communication: id, to, customer, by: actor.staffId },
    { actor, title: name, subject: { object: 'communication', id } }
  )
}
