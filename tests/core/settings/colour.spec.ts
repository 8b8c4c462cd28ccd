import { test } from '@japa/runner'
import { contrast, READABLE } from '../../../app/core/settings/colour.js'
import { brandCss } from '../../../app/core/settings/brand_css.js'

const valuesOf = (sheet: string, name: string) => new RegExp(`--${name}:light-dark\\((#[0-9a-f]{6}),(#[0-9a-f]{6})\\)`).exec(sheet)!.slice(1)

test.group('Colours of a company', () => {
  test('contrast is that of WCAG', ({ assert }) => {
    assert.equal(contrast('#000000', '#ffffff'), 21)
    assert.closeTo(contrast('#767676', '#ffffff'), 4.54, 0.01)
    assert.closeTo(contrast('#3d55cf', '#ffffff'), contrast('#ffffff', '#3d55cf'), 0.0001)
  })

  test('words stay readable in both themes, whatever the colour')
    .with(['#000000', '#0b6e4f', '#c02d43', '#3d55cf', '#6f42c1', '#8f5a00', '#0000ff', '#767676'])
    .run(({ assert }, colour) => {
      const [accent, accentInk, accentSoft, onAccent] = ['accent', 'accent-ink', 'accent-soft', 'on-accent'].map((role) => valuesOf(brandCss(colour), role))
      for (const theme of [0, 1]) {
        assert.isAtLeast(contrast(accent[theme], onAccent[theme]), READABLE)
        assert.isAtLeast(contrast(accentInk[theme], accentSoft[theme]), READABLE)
        assert.isAtLeast(contrast(accentInk[theme], ['#f0f2f8', '#222a39'][theme]), READABLE)
      }
    })
})
