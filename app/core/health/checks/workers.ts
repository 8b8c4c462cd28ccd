import { workersAlive } from '#core/jobs'
import { type HealthCheck } from '#core/modules'

/** Somebody is there to do the jobs. */
export const workers: HealthCheck = {
  name: 'workers',
  async ask() {
    const alive = await workersAlive()
    if (!alive.length) return { state: 'bad', code: 'none' }
    return { state: 'good', code: 'well', params: { count: alive.length, names: alive.join(', ') } }
  },
}
