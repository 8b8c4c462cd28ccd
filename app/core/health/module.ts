import { defineModule } from '#core/modules'

const Health = () => import('./health_controller.js')
const Redrives = () => import('./redrives_controller.js')

/** How the product itself is; for those who look after its jobs. Probes of machines are answered by #core/http. */
export default defineModule({
  name: 'health',
  menu: [{ group: 'administration', name: 'health', path: '/health', object: 'job_run' }],
  routes({ staff }) {
    staff('read', 'job_run').get('/health', [Health, 'show'])
    staff('edit', 'job_run').post('/health/dead/:letter', [Redrives, 'store'])
  },
})
