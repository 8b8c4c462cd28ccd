const SECOND = 1
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Seconds between one try and the next (Standard Webhooks): the first is made at once, the last some three days later. */
const pauses = [
  5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR,
]

/** Seconds until the next try, after so many; null when they were enough. Who asks for more patience (`Retry-After`) gets it, up to a day. */
export function pauseAfter(tries: number, asked = 0): number | null {
  const pause = pauses[tries - 1]
  return pause === undefined ? null : Math.max(pause, Math.min(asked, 24 * HOUR))
}

/** Seconds that `Retry-After` asks for: a number, or a date. */
export function askedPause(header: string | undefined, now = Date.now()): number {
  if (!header) return 0
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : 0
}
