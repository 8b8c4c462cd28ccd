import { test } from '@japa/runner'
import { assetUrl } from '../../../app/core/http/assets/asset_files.js'
import { vendorFiles } from '../../../app/core/http/assets/vendor_files.js'

test.group('Browser files', () => {
  test('every file of a package is there', async ({ client }) => {
    for (const name of Object.keys(vendorFiles)) {
      const response = await client.get(assetUrl(name))
      response.assertStatus(200)
    }
  })

  test('may be kept for ever under the address of its content', async ({ client }) => {
    const response = await client.get(assetUrl('htmx.js'))
    response.assertHeader('cache-control', 'public, max-age=31536000, immutable')
    response.assertHeader('content-type', 'text/javascript; charset=utf-8')
  })

  test('must be asked for each time under another address', async ({ client }) => {
    const response = await client.get('/vendor/htmx.js?v=former')
    response.assertHeader('cache-control', 'no-cache')

    const again = await client
      .get('/vendor/htmx.js')
      .header('if-none-match', response.header('etag')!)
    again.assertStatus(304)
  })

  test('nothing outside of its folders can be had', async ({ client }) => {
    for (const path of [
      '/vendor/../package.json',
      '/vendor/%2e%2e/package.json',
      '/assets/css/../../package.json',
      '/assets/css/%2e%2e/%2e%2e/package.json',
      '/assets/views/layout.edge',
      '/assets/js/%00',
      '/vendor/constructor',
    ]) {
      const response = await client.get(path)
      response.assertStatus(404)
    }
  })
})
