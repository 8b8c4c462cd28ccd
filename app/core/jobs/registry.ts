import { NamedRegistry } from '#core/objects'
import { type Job } from './define_job.js'

/** Every job that the sections declare; each has a queue of its own. */
export const jobs = new NamedRegistry<Job>('job')
