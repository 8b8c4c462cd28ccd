/** How something stands: `health.<check>.<code>` says it in words, `health.advice.<check>.<code>` what to do about it. */
export interface Finding {
  state: 'good' | 'warn' | 'bad'
  code: string
  params?: Record<string, unknown>
}

/** Something that must be well, for the page of health; its name is `health.names.<name>`. */
export interface HealthCheck {
  name: string
  ask: () => Promise<Finding>
}
