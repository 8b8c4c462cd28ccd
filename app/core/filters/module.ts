import { defineModule } from '#core/modules'

/** Brings the views of the builder; its page is one of the generic screens. */
export default defineModule({ name: 'filters', personal: { traces: [{ table: 'stored_filters', columns: ['filter'] }] } })
