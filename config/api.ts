import env from '#start/env'

/** Calls of the public interface in a minute, counted in the memory of each web process. */
export default {
  /** From one address, counted before it is known who calls: above what the server of one source may send. */
  atTheDoor: env.get('API_CALLS_AT_THE_DOOR') ?? 12_000,
  /** Of all callers of one source together. */
  perSource: env.get('API_CALLS_PER_SOURCE') ?? 6000,
  /** From one address to one source; a server that proves itself by the source's key sends for many and is not counted so. */
  perAddress: env.get('API_CALLS_PER_ADDRESS') ?? 600,
  /** For one customer. */
  perCustomer: env.get('API_CALLS_PER_CUSTOMER') ?? 120,
}
