import { statfs } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { type HealthCheck } from '#core/modules'

const GIGABYTE = 1024 ** 3

/** Room for files of this process; a database on another machine has a disk of its own. */
export const disk: HealthCheck = {
  name: 'disk',
  async ask() {
    const { bavail, blocks, bsize } = await statfs(app.makePath())
    const free = (bavail * bsize) / GIGABYTE
    const params = { free: Math.round(free * 10) / 10, percent: Math.round((bavail / blocks) * 100) }
    if (free < 0.5) return { state: 'bad', code: 'full', params }
    return free < 2 ? { state: 'warn', code: 'little', params } : { state: 'good', code: 'well', params }
  },
}
