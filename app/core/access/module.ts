import { defineModule } from '#core/modules'
import { apiKeyObject } from './api_keys/api_key_object.js'
import { auditEntryObject } from './audit_entry_object.js'
import { linkMailJob } from './links/link_mail_job.js'
import { restoreJob } from './links/restore_job.js'
import { routes } from './routes.js'
import { staffObject } from './staff_object.js'

export default defineModule({
  name: 'access',
  menu: [
    { group: 'administration', name: 'staff', path: '/staff', object: 'staff' },
    { group: 'administration', name: 'apiKeys', path: '/api-keys', object: 'api_key' },
    { group: 'administration', name: 'audit', path: '/audit', object: 'audit_entry', key: 'a' },
  ],
  objects: [staffObject, apiKeyObject, auditEntryObject],
  personal: { traces: [{ table: 'audit_log', columns: ['changes'] }] },
  jobs: [linkMailJob, restoreJob],
  routes,
})
