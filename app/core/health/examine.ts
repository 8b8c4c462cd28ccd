import logger from '@adonisjs/core/services/logger'
import { healthChecks, type Finding, type HealthCheck } from '#core/modules'
import { type Reader } from '#core/objects'
import { clock } from './checks/clock.js'
import { database } from './checks/database.js'
import { disk } from './checks/disk.js'
import { failures } from './checks/failures.js'
import { migrations } from './checks/migrations.js'
import { queue } from './checks/queue.js'
import { workers } from './checks/workers.js'

const PATIENCE_MS = 5_000

/** What the ground looks after; sections add theirs (`Module.healthChecks`). */
const ours: HealthCheck[] = [database, migrations, workers, queue, failures, disk, clock]

interface Examined {
  name: string
  label: string
  state: Finding['state']
  sentence: string
  /** What to do, where something is wrong. */
  advice?: string
}

/** How everything stands, in words; the worst first. A check that fails or takes too long is itself a finding. */
export async function examine(reader: Reader, checks = [...ours, ...healthChecks]): Promise<Examined[]> {
  const found = await Promise.all(checks.map(async (check) => inWords(check.name, await asked(check), reader)))
  return found.sort((one, other) => severity.indexOf(one.state) - severity.indexOf(other.state))
}

const severity: Finding['state'][] = ['bad', 'warn', 'good']

async function asked(check: HealthCheck): Promise<Finding> {
  try {
    return await Promise.race([check.ask(), late()])
  } catch (error) {
    logger.error({ err: error, check: check.name }, 'a check of health failed')
    return { state: 'bad', code: 'unknown' }
  }
}

function late(): Promise<Finding> {
  return new Promise((resolve) => setTimeout(() => resolve({ state: 'bad', code: 'late' }), PATIENCE_MS).unref())
}

/** What any check may come to. */
const anyCheck = ['unknown', 'late']

function inWords(name: string, { state, code, params = {} }: Finding, reader: Reader): Examined {
  const words = (part: string) => reader.t(`${part}.${anyCheck.includes(code) ? 'any' : name}.${code}`, params)
  return {
    name,
    label: reader.t(`health.names.${name}`),
    state,
    sentence: words('health'),
    advice: state === 'good' ? undefined : words('health.advice'),
  }
}
