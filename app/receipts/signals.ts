import { defineSignal } from '#core/signals'

export const receiptAdded = defineSignal('receipt.added', { receiptId: 'reference', number: 'text', total: 'money' })
