import { test } from '@japa/runner'
import { contrast, READABLE } from '../../../app/core/settings/colour.js'
import { brandCss } from '../../../app/core/settings/brand_css.js'

const value = (rule: string, name: string) => new RegExp(`--${name}:(#[0-9a-f]{6})`).exec(rule)![1]

test.group('Colours of a company', () => {
  test('contrast is that of WCAG', ({ assert }) => {
    assert.equal(contrast('#000000', '#ffffff'), 21)
    assert.closeTo(contrast('#767676', '#ffffff'), 4.54, 0.01)
    assert.closeTo(contrast('#3d55cf', '#ffffff'), contrast('#ffffff', '#3d55cf'), 0.0001)
  })

  test('words stay readable in both themes, whatever the colour')
    .with(['#000000', '#0b6e4f', '#c02d43', '#3d55cf', '#6f42c1', '#8f5a00', '#0000ff', '#767676'])
    .run(({ assert }, colour) => {
      const [light, dark, followed] = brandCss(colour).split('\n')
      for (const rule of [light, dark]) {
        assert.isAtLeast(contrast(value(rule, 'accent'), value(rule, 'on-accent')), READABLE, rule)
        assert.isAtLeast(contrast(value(rule, 'accent-ink'), value(rule, 'accent-soft')), READABLE, rule)
      }
      assert.include(followed, dark.slice(dark.indexOf('{')))
      assert.isAtLeast(contrast(value(light, 'accent-ink'), '#f0f2f8'), READABLE)
      assert.isAtLeast(contrast(value(dark, 'accent-ink'), '#222a39'), READABLE)
    })
})
