/** Signals by which another system learns that it must stop, too: they reach it though nothing else about the customer does any more. */
export const withdrawals = ['consent.withdrawn', 'user.unsubscribed']
