import { setTimeout as sleep } from 'node:timers/promises'
import { Prepared } from '#core/database'
import { type Run } from '#core/jobs'
import { LetterTemplate } from '../content/letter.js'
import { allowance, type Limit } from './allowance.js'
import { claimChunk, leaveChunk, renewLease, restOf, type Chunk } from './claim.js'
import { TemplateFailed, type Tools } from './hand_over.js'
import { mark, release, type Marked } from './mark.js'
import { MimeMould } from './mime.js'
import { Pipeline } from './pipeline.js'
import { type Provider } from './provider.js'
import { moveSend, noteTrouble, type Frozen, type Send } from './send.js'
import { connect, WINDOW } from './transport.js'

/** A look at the consents is good this long; then it is taken again (R-11 allows 5 s). */
const LOOK_MS = 3_000
const LOOK_AHEAD = 100
const LONGEST_WAIT_MS = 30_000
const RENEW_MS = 5_000

/** Takes chunks of one send and hands their mails to the provider, a window of them at a time. */
export class Drain {
  #limits: Limit[]
  #sent = 0
  /** Times in a row that the provider could not be reached. */
  #unreached = 0

  private constructor(
    private run: Run,
    private send: Send & { content: Frozen },
    private tools: Tools,
    private statements: Prepared,
    provider: Provider
  ) {
    this.#limits = [
      { owner: `send:${send.id}`, perMinute: send.perMinute },
      { owner: `provider:${provider.id}`, perMinute: provider.perMinute },
    ]
  }

  static async of(run: Run, send: Send & { content: Frozen }, provider: Provider) {
    const letter = new LetterTemplate(send.content)
    const mould = await MimeMould.of(send.content, send.id)
    const envelopeFrom = provider.bounceAddress ?? send.content.senderEmail
    const statements = await Prepared.open()
    return new Drain(run, send, { transport: connect(provider), letter, mould, envelopeFrom }, statements, provider)
  }

  /** Until nothing is left to claim, the send stands still, or the worker must stop. */
  async drain() {
    try {
      do {
        await this.run.checkpoint()
        const chunk = await claimChunk(this.send.id)
        if (chunk) await this.#drainChunk(chunk)
      } while (await this.#more())
    } finally {
      this.tools.transport.close()
      await this.statements.close()
    }
  }

  async #drainChunk(chunk: Chunk) {
    const pipeline = new Pipeline(chunk, this.send, this.tools, this.statements)
    const renewal = setInterval(() => void renewLease(chunk).catch(() => {}), RENEW_MS)
    try {
      while (this.#goesOn(pipeline) && (await this.#passBatch(chunk, pipeline)));
    } finally {
      await pipeline.settle()
      clearInterval(renewal)
    }
    if (pipeline.failure) await this.#fail(pipeline.failure)
    await leaveChunk(chunk)
    await this.#note(pipeline)
  }

  #goesOn(pipeline: Pipeline) {
    return pipeline.flows && !this.run.signal.aborted
  }

  /** Answers whether the chunk may hold more. */
  async #passBatch(chunk: Chunk, pipeline: Pipeline): Promise<boolean> {
    const limited = this.#limits.some(({ perMinute }) => perMinute)
    const granted = await allowance(this.#limits, limited ? WINDOW : LOOK_AHEAD)
    if (!granted) return this.#pause(200)

    const { marked, skipped } = await mark(this.send, chunk, granted, this.statements)
    const until = Date.now() + LOOK_MS
    const kept: Marked[] = []
    for (const mail of marked) {
      await pipeline.place()
      if (this.#goesOn(pipeline) && Date.now() < until) pipeline.pass(mail)
      else {
        pipeline.leavePlace()
        kept.push(mail)
      }
    }
    await release(this.send.id, kept)
    await this.run.progress(this.#sent + pipeline.sent)
    return marked.length + skipped > 0
  }

  /** A provider that cannot be reached is asked again, ever later; nobody's tries are counted. */
  async #note(pipeline: Pipeline) {
    this.#sent += pipeline.sent
    if (!pipeline.unreachable) {
      if (this.#unreached) await noteTrouble(this.send.id, null)
      this.#unreached = 0
      return
    }
    this.#unreached++
    await noteTrouble(this.send.id, { code: 'unreachable', params: { answer: pipeline.unreachable } })
    await this.#pause(Math.min(500 * 2 ** this.#unreached, LONGEST_WAIT_MS))
  }

  async #fail(failure: unknown) {
    if (failure instanceof TemplateFailed) {
      const trouble = { code: 'template', params: { message: failure.message } }
      await moveSend(this.send.id, ['sending'], 'failed', trouble)
    }
    throw failure
  }

  /** Whether it is worth looking for another chunk; waits while all that is left is another's or deferred. */
  async #more(): Promise<boolean> {
    const rest = await restOf(this.send.id)
    if (rest.state !== 'sending') return false
    if (!rest.open) {
      await moveSend(this.send.id, ['sending'], 'finished')
      return false
    }
    if (rest.wait > 0) await this.#pause(Math.min(rest.wait * 1000, 2_000))
    return true
  }

  async #pause(milliseconds: number) {
    await sleep(milliseconds, undefined, { signal: this.run.signal }).catch(() => {})
    return true
  }
}
