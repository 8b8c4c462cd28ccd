import env from '#start/env'

/**
 * What the public interface takes. One address may be a mobile network or everybody in a shop, so those of addresses stand far above what one
 * person does. A server that proves itself by its source's key calls for many: only `atTheDoor` counts its address.
 */
export default {
  /** Calls in a minute, counted in the memory of each web process. */

  /** From one address, counted before it is known who calls: above what the server of one source may send. */
  atTheDoor: env.get('API_CALLS_AT_THE_DOOR') ?? 12_000,
  /** Of all callers of one source together. */
  perSource: env.get('API_CALLS_PER_SOURCE') ?? 6000,
  /** From one address to one source. */
  perAddress: env.get('API_CALLS_PER_ADDRESS') ?? 600,
  /** For one customer. */
  perCustomer: env.get('API_CALLS_PER_CUSTOMER') ?? 120,
  /** With one API key. */
  perKey: env.get('API_CALLS_PER_KEY') ?? 600,

  /** Things done in an hour, counted in the database by all processes together. */

  /** Registrations from one address. */
  registrationsPerAddress: env.get('API_REGISTRATIONS_PER_ADDRESS') ?? 300,
  /** Codes and links asked for from one address, those for a new password among them. */
  codesPerAddress: env.get('API_CODES_PER_ADDRESS') ?? 300,
  /** Codes and links to one contact: nobody's phone is flooded. */
  codesPerContact: env.get('API_CODES_PER_CONTACT') ?? 5,
  /** Registrations from one address that learn that a contact is taken: who tries many learns few. */
  takenPerAddress: env.get('API_TAKEN_CONTACTS_PER_ADDRESS') ?? 30,
  /** Contacts that one customer enters. */
  contactsPerCustomer: env.get('API_CONTACTS_PER_CUSTOMER') ?? 10,
  /** Wrong passwords and codes of customers from one address, of all accounts together; each account makes who guesses wait besides. */
  guessesPerAddress: env.get('API_GUESSES_PER_ADDRESS') ?? 300,
}
