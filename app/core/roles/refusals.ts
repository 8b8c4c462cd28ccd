import { DomainError } from '#core/objects'

/** The roles that come along stay: the demo, commands and the administrator rule name them. */
export class BuiltInRole extends DomainError {
  readonly code = 'builtInRole'
}

/** Somebody has the role that was to be deleted, perhaps somebody who may not sign in any more. */
export class RoleInUse extends DomainError {
  readonly code = 'roleInUse'

  constructor(people: string[]) {
    super({ people: people.slice(0, 5).join(', ') + (people.length > 5 ? '…' : '') })
  }
}

/** Rights were changed by somebody else since the page was drawn. */
export class RightsChanged extends DomainError {
  readonly code = 'rightsChanged'
}

/** The form did not arrive whole, so what is missing in it says nothing. */
export class HalfAForm extends DomainError {
  readonly code = 'halfAForm'
}
