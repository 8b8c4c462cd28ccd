import { transaction, type Transaction } from '#core/database'

const TRIES = 4
/** Milliseconds before the second try; each further one waits about twice as long. */
const PAUSE = 20

/** PostgreSQL: two transactions waited for each other, or one saw what another one changed. Whoever is told so may try again. */
const UNLUCKY = ['40P01', '40001']

/** A transaction that is begun anew where it lost against another one. `work` must leave nothing but what the transaction takes back. */
export async function transactionThatInsists<Result>(work: (trx: Transaction) => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await transaction(work)
    } catch (error) {
      if (tried === TRIES || !UNLUCKY.includes((error as { code?: string }).code ?? '')) throw error
      await new Promise((resume) => setTimeout(resume, PAUSE * 2 ** tried * (0.5 + Math.random())))
    }
  }
}
