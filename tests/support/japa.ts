import type { Config } from '@japa/runner/types'
import type { ApplicationService } from '@adonisjs/core/types'
import { spec } from '@japa/runner/reporters'
import { assert } from '@japa/assert'
import { ApiClient, apiClient } from '@japa/api-client'
import { browserClient } from '@japa/browser-client'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import { authApiClient } from '@adonisjs/auth/plugins/api_client'
import { authBrowserClient } from '@adonisjs/auth/plugins/browser_client'
import { sessionApiClient } from '@adonisjs/session/plugins/api_client'
import { sessionBrowserClient } from '@adonisjs/session/plugins/browser_client'
import { shieldApiClient } from '@adonisjs/shield/plugins/api_client'
import testUtils from '@adonisjs/core/services/test_utils'
import { launchChromium } from './chromium.js'
import { answerKeepsContract, watchFetch } from './contract.js'
import { tally } from './tally.js'

const baseURL = `http://${process.env.HOST}:${process.env.PORT}`

/** The order matters: clients of sessions and sign-in decorate the plain ones before them. */
export function plugins(app: ApplicationService): Config['plugins'] {
  return [
    assert(),
    apiClient({ baseURL }),
    pluginAdonisJS(app, { baseURL }),
    sessionApiClient(app),
    shieldApiClient(),
    authApiClient(app),
    browserClient({ runInSuites: ['browser'], launcher: launchChromium }),
    sessionBrowserClient(app),
    authBrowserClient(app),
  ]
}

export const reporters: Config['reporters'] = {
  activated: ['spec', 'tally'],
  list: [spec(), tally],
}

/** Pages and addresses are asked for over HTTP; the kill suite starts servers of its own. */
const suitesWithServer = ['core', 'sections', 'browser']

export function configureSuite(_app: ApplicationService): Config['configureSuite'] {
  return (suite) => {
    if (suitesWithServer.includes(suite.name)) {
      suite.setup(() => testUtils.httpServer().start())
    }
  }
}

export const setup: Config['setup'] = [
  /** Whatever a test asks of the public interface, the answer is held to its document. */
  () => {
    ApiClient.teardown((response) => answerKeepsContract(response))
    watchFetch()
  },
]
