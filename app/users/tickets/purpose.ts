/** What the answer opens: a confirmed address, a session, a new password. */
export const purposes = ['confirm', 'login', 'restore'] as const

export type Purpose = (typeof purposes)[number]
