import { book } from '#core/books'

/** Labels that other systems and staff put on customers: "likes offers", "VIP". The code is what a file or another system calls one. */
export const labelObject = book({ name: 'label', table: 'labels', path: 'labels' })
