import encryption from '@adonisjs/core/services/encryption'
import { transaction, type Transaction } from '#core/database'
import { defineJob } from '#core/jobs'
import { contextOf, type Call } from '#core/methods'
import { DomainError } from '#core/objects'
import { type Context } from '#core/signals'
import { identifierOf } from '../identifiers/owners.js'
import { admit, candidateOf } from '../standing/admit.js'
import { issueTicket } from './issue.js'
import { type Purpose } from './purpose.js'

const USE = 'ticket'

interface Asked {
  type: string
  value: string
  purpose: Purpose
}

interface Payload {
  /** `Asked`, encrypted: what strangers type into a form is no list of people. */
  asked: string
  source: { id: number; campaign: { id: number; code: string } | null }
  context: Context
}

/**
 * Looks whether an identifier is somebody's, and sends them a ticket. The request that asks for it does the same work for every
 * identifier, known or not, so its answer and its time tell nothing (S-01).
 */
export const askJob = defineJob<Payload>({
  name: 'users.askTicket',
  retries: 3,
  async run(_run, { asked, source, context }) {
    const said = encryption.decrypt<Asked>(asked, USE)
    if (!said) return
    const identifier = await identifierOf(said.type, said.value)
    const opens = identifier && (said.purpose === 'confirm' ? !identifier.confirmed : identifier.opens)
    if (!opens || !(await isServed(identifier.userId))) return
    await transaction((trx) => issueTicket(identifier.id, said.purpose, { source, context }, trx))
  },
})

/** The life of an ordinary code: a request that nobody took for longer is not worth a message. */
export async function askTicket(asked: Asked, call: Pick<Call, 'source' | 'method' | 'trace'>, trx: Transaction) {
  const { source } = call
  const payload = { asked: encryption.encrypt(asked, '30 minutes', USE), source: { id: source.id, campaign: source.campaign }, context: contextOf(call) }
  await askJob.start(payload, { actor: { staffId: null }, trx, title: source.code })
}

async function isServed(userId: number): Promise<boolean> {
  try {
    admit(await candidateOf(userId))
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}
