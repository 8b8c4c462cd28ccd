import { test } from '@japa/runner'

test.group('The browser of the tests', () => {
  test('draws Cyrillic on a machine without fonts', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    await page.setContent('<span id="drawn">Ёлка</span><span id="empty"></span>')

    const drawn = await page.locator('#drawn').boundingBox()
    const empty = await page.locator('#empty').boundingBox()
    assert.isAbove(drawn!.width, empty?.width ?? 0)
  })
})
