/** What an answer of a mail server means for a delivery. */
export type Outcome =
  /** Taken over by the server. */
  | 'sent'
  /** Not now: tried again later, a few times. */
  | 'deferred'
  /** No such mailbox: the address is written to no more. */
  | 'hard'
  /** The server does not want this mail; twenty in a row pause the send. */
  | 'policy'
  /** Refused for another reason; the address stays good. */
  | 'soft'
  /** Nobody was asked: the server cannot be reached. Counts against no recipient. */
  | 'unreachable'

/** As nodemailer reports a failure. */
export interface Refusal {
  code?: string
  responseCode?: number
  response?: string
  /** What was being said; `CONN` before the greeting. */
  command?: string
  syscall?: string
  message: string
}

interface Rule {
  outcome: Outcome
  when: (refusal: Refusal, said: string) => boolean
}

const NO_MAILBOX = /\b5\.1\.(0|1|2|3|6|10)\b|user unknown|no such (user|recipient|mailbox)|unknown (user|recipient)|does not exist/i
const FULL = /\b5\.2\.2\b|quota|mailbox full|over ?quota/i
const POLICY = /\b5\.7\.\d+\b|spam|polic|blocked|blacklist|reputation/i

/** The first rule that fits decides. */
const rules: Rule[] = [
  { outcome: 'unreachable', when: unreached },
  { outcome: 'deferred', when: ({ responseCode }) => within(responseCode, 400) },
  { outcome: 'soft', when: ({ responseCode }, said) => within(responseCode, 500) && FULL.test(said) },
  { outcome: 'hard', when: ({ responseCode }, said) => within(responseCode, 500) && NO_MAILBOX.test(said) },
  { outcome: 'policy', when: ({ responseCode }, said) => responseCode === 554 || (within(responseCode, 500) && POLICY.test(said)) },
  { outcome: 'soft', when: ({ responseCode }) => within(responseCode, 500) },
  /** Garbage, or a connection cut in the middle: perhaps it was taken, so it goes again under the same Message-ID. */
  { outcome: 'deferred', when: () => true },
]

export function outcomeOf(refusal: Refusal): Outcome {
  const said = refusal.response ?? refusal.message
  return rules.find((rule) => rule.when(refusal, said))!.outcome
}

const SETTINGS = ['EAUTH', 'ENOAUTH', 'EDNS', 'ETLS', 'ECONFIG']

/** Before a word about the recipient was said. */
function unreached({ code, command, syscall }: Refusal) {
  if (syscall === 'connect' || SETTINGS.includes(code ?? '')) return true
  return command === 'CONN' && (code === 'ETIMEDOUT' || code === 'EPROTOCOL')
}

function within(code: number | undefined, hundred: number) {
  return code !== undefined && code >= hundred && code < hundred + 100
}
