import { type Button, type Values } from '#core/objects'

const stands = (...of: string[]) => ({ standing }: Values) => of.includes(standing as string)

/** What the card of a customer offers, by how they stand (F29). */
export const standingButtons: Button[] = [
  { name: 'merge', href: (id) => `/users/${id}/pairs/create`, right: 'edit', when: stands('active', 'blocked', 'fraud') },
  { name: 'block', href: (id) => `/users/${id}/blocks/create`, right: 'edit', when: stands('active') },
  { name: 'unblock', post: (id) => `/users/${id}/unblocks`, right: 'edit', confirm: true, when: stands('blocked', 'fraud') },
  { name: 'markAsFraud', href: (id) => `/users/${id}/fraud-marks/create`, right: 'edit', when: stands('active', 'blocked') },
]
