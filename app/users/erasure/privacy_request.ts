/** Codes of what the product itself gives as a reason: `privacy_request.reasons.<code>`. The last one stands for the words of staff, which went with the data. */
export const ownReasons = ['withdrawn', 'trash', 'struck'] as const

/** A row of `privacy_requests` as its verbs need it. */
export interface PrivacyRequest {
  id: number
  userId: number
  kind: 'erasure' | 'export'
  reason: string
  createdAt: Date
}
