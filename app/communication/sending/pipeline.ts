import { type Prepared } from '#core/database'
import { type Chunk } from './claim.js'
import { handOver, type Tools } from './hand_over.js'
import { release, type Marked } from './mark.js'
import { record, type Result } from './record.js'
import { type Frozen, type SendState } from './send.js'
import { WINDOW } from './transport.js'
import { Window } from './window.js'

/** Results that one statement writes down, when nothing else makes them wait. */
const TOGETHER = 10
const LATEST_MS = 100

/**
 * The mails of one chunk on their way: given to the provider, answered, written down. Never more than a window of them, so that
 * is all that a crash can repeat.
 */
export class Pipeline {
  #window = new Window(WINDOW)
  #results: Result[] = []
  #together = TOGETHER
  #writing = false
  #timer: NodeJS.Timeout | undefined

  /** Where the send stood when results were last written. */
  state: SendState = 'sending'
  sent = 0
  /** What the provider said, or did not say, when it could not be reached. */
  unreachable: string | null = null
  failure: unknown = null

  constructor(
    private chunk: Chunk,
    private send: { id: number; content: Frozen },
    private tools: Tools,
    private statements: Prepared
  ) {}

  get flows() {
    return this.state === 'sending' && !this.unreachable && !this.failure
  }

  place() {
    return this.#window.take()
  }

  leavePlace() {
    this.#window.giveBack(1)
  }

  /** Sends one mail, for which a place was taken. Does not wait for its answer. */
  pass(mail: Marked) {
    this.#pass(mail).catch((error) => {
      this.failure ??= error
      this.leavePlace()
    })
  }

  /** Until every mail is answered and written down; nothing follows that a result could wait for. */
  async settle() {
    this.#together = 1
    this.#write()
    await this.#window.emptied()
  }

  async #pass(mail: Marked) {
    const { outcome, answer } = await handOver(mail, this.send, this.tools)
    if (outcome === 'unreachable') {
      this.unreachable = answer
      await release(this.send.id, [mail])
      return this.leavePlace()
    }
    const { userId, identifierId, tries } = mail
    this.#results.push({ userId, identifierId, tries, outcome, answer })
    if (this.#results.length >= this.#together) this.#write()
    else this.#timer ??= setTimeout(() => this.#write(), LATEST_MS)
  }

  /** One writer at a time; what is answered while it writes shares the next statement. */
  #write() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#writing) void this.#writeAll()
  }

  async #writeAll() {
    this.#writing = true
    while (this.#results.length) {
      const results = this.#results.splice(0)
      try {
        this.state = await record(this.chunk, results, this.statements)
        this.sent += results.filter(({ outcome }) => outcome === 'sent').length
      } catch (error) {
        this.failure ??= error
      }
      this.#window.giveBack(results.length)
    }
    this.#writing = false
  }
}
