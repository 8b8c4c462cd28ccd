import { defineModule } from '#core/modules'
import { attentionWidget } from './attention_widget.js'

const Home = () => import('./home_controller.js')
const Widgets = () => import('./widgets_controller.js')
const WidgetFiles = () => import('./widget_files_controller.js')
const Arrangements = () => import('./arrangements_controller.js')

/** The start page, which is also the overview under Analytics (F15). */
export default defineModule({
  name: 'home',
  menu: [{ group: 'analytics', name: 'overview', path: '/', key: 'h' }],
  home: { widgets: [attentionWidget] },
  routes({ staff }) {
    const person = staff('signedIn')
    person.get('/', [Home, 'show'])
    person.get('/home/layout', [Arrangements, 'edit'])
    person.post('/home/layout', [Arrangements, 'update'])
    person.get('/home/widgets/:name', [Widgets, 'show'])
    person.get('/home/widgets/:name/csv', [WidgetFiles, 'show'])
  },
})
