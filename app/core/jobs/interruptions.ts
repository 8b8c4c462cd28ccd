/** A person pressed Cancel: the run ends here, and whatever it has committed stays. */
export class JobCancelled extends Error {
  constructor() {
    super('The run was cancelled')
  }
}

/** This worker has to let go of the run; another one goes on with it. */
export class JobStopped extends Error {
  constructor(reason = 'The worker is stopping') {
    super(reason)
  }
}
