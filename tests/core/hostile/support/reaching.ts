/** Names that reach into an ORM or into JavaScript itself. */
export const reaching = [
  '$attributes', '$original', '$isPersisted', '$isDeleted', '$extras', '$sideloaded', '$options', '$trx', '__proto__', 'constructor',
  'prototype', 'toString', 'attributes', 'seen-id', 'known', '_method', 'deleted', 'role', 'isAdmin',
]
