import { definePart } from '#core/modules'
import { documentObject } from './document_object.js'
import { uploadDocument } from './upload.js'

const DocumentFiles = () => import('./document_files_controller.js')

/** Papers that customers send. */
export const documents = definePart({
  objects: [documentObject],
  methods: [uploadDocument],
  routes({ staff }) {
    staff('personal', 'document').get('/documents/:id/file', [DocumentFiles, 'show'])
  },
})
