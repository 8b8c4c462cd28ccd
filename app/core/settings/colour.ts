/** Colours as `#rrggbb`, and what WCAG 2.2 says of words in one on another. */

/** AA for text of ordinary size (1.4.3). */
export const READABLE = 4.5
export const WHITE = '#ffffff'
export const BLACK = '#000000'

export const isColour = (text: string) => /^#[0-9a-f]{6}$/.test(text)

/** 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** So much of `other`, from 0 to 1, mixed into a colour. */
export function mixed(colour: string, other: string, share: number): string {
  const into = channels(other)
  const parts = channels(colour).map((part, index) => Math.round(part + (into[index] - part) * share))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** The colour itself, or as little of `other` mixed in as makes it readable on all these grounds. */
export function readableOn(grounds: string[], colour: string, other: string): string {
  const steps = Array.from({ length: 51 }, (_, step) => mixed(colour, other, step / 50))
  return steps.find((one) => grounds.every((ground) => contrast(one, ground) >= READABLE)) ?? other
}

function luminance(colour: string) {
  const [red, green, blue] = channels(colour).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
