import { type RightsHolder } from './may.js'

/** Looks after what belongs to others too. Who looks at the product as another role sees it does not. */
export const administers = ({ role, viewingAs }: RightsHolder) => (viewingAs ?? role) === 'administrator'
