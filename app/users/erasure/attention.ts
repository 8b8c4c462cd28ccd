import { rowSet, type Attention } from '#core/home'

const waiting = { field: 'state', operator: 'in', value: ['open', 'running'] }

/** Requests whose days are over, and those that have three left. */
export const requestsAttention: Attention[] = [
  { name: 'overdueRequests', ...rowSet('privacy_request', waiting, { field: 'dueOn', operator: 'olderThanDays', value: ['0'] }) },
  { name: 'dueRequests', ...rowSet('privacy_request', waiting, { field: 'dueOn', operator: 'nextDays', value: ['3'] }) },
]
