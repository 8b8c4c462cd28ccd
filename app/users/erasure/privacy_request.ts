/** A row of `privacy_requests` as its verbs need it. */
export interface PrivacyRequest {
  id: number
  userId: number
  kind: 'erasure' | 'export'
  reason: string
  createdAt: Date
}
