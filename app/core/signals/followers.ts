import { type Sql } from '#core/database'

/** What else must be written when something happened, by the very statement that writes the event: both are there, or neither. */
export interface Follower {
  /** A name in the statement. */
  name: string
  /**
   * A statement that inserts from `happened`: rows of `user_id`, `occurred_at`, `event_key`, `signal`, `payload`, `source`,
   * `campaign_id`, `method`, `trace`. It runs for one event as for a hundred thousand.
   */
  follow: (happened: Sql) => Sql
}

/** Filled by sections at boot (`Module.followers`). */
export const followers: Follower[] = []
