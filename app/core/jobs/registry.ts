import { type Job } from './define_job.js'

class JobRegistry {
  #jobs = new Map<string, Job>()

  add(job: Job) {
    this.#jobs.set(job.name, job)
  }

  get(name: string): Job {
    const found = this.#jobs.get(name)
    if (!found) throw new Error(`There is no job "${name}"`)
    return found
  }

  all() {
    return [...this.#jobs.values()]
  }
}

/** Every job that the sections declare; each has a queue of its own. */
export const jobs = new JobRegistry()
