import { execute, sql } from '#core/database'

export interface Captured {
  raw: Buffer
  sender: string
  recipient: string
  subject: string
  messageId: string | null
  system: boolean
}

interface Waiting extends Captured {
  kept: () => void
  failed: (error: unknown) => void
}

const KEPT_MESSAGES = 50_000
const TRIM_EVERY = 1_000

const waiting: Waiting[] = []
let writing = false
let written = 0

/** Resolves when the message is in the database: only then the sender hears that it was taken. Those that wait share a statement. */
export function store(message: Captured): Promise<void> {
  return new Promise((kept, failed) => {
    waiting.push({ ...message, kept, failed })
    if (!writing) void writeAll()
  })
}

async function writeAll() {
  writing = true
  while (waiting.length) await writeTogether(waiting.splice(0, 100))
  writing = false
}

async function writeTogether(messages: Waiting[]) {
  try {
    await insert(messages)
    await trim(messages.length)
    messages.forEach((message) => message.kept())
  } catch (error) {
    messages.forEach((message) => message.failed(error))
  }
}

async function insert(messages: Captured[]) {
  const column = <Value>(of: (message: Captured) => Value) => messages.map(of)
  await execute(
    sql`insert into inbox_messages (sender, recipient, subject, message_id, size, raw, system)
      select m.sender, m.recipient, m.subject, m.message_id, octet_length(m.raw), m.raw, m.system from unnest(
        ${column((one) => one.sender)}::text[], ${column((one) => one.recipient)}::text[],
        ${column((one) => one.subject)}::text[], ${column((one) => one.messageId)}::text[], ${column((one) => one.raw)}::bytea[],
        ${column((one) => one.system)}::boolean[]
      ) as m (sender, recipient, subject, message_id, raw, system)`
  )
}

/** An inbox for looking at, not an archive: the oldest go. */
async function trim(messages: number) {
  const before = written
  written += messages
  if (Math.floor(before / TRIM_EVERY) === Math.floor(written / TRIM_EVERY)) return
  await execute(
    sql`delete from inbox_messages where id <= (select id from inbox_messages order by id desc offset ${KEPT_MESSAGES} limit 1)`
  )
}
