import { type Piece } from './marked.js'

/** One line of what was found: it leads somewhere, or posts something. */
export interface Found {
  title: Piece[]
  about: Piece[]
  icon: string
  href?: string
  /** Name and value of the button that posts to `action`. */
  post?: { action: string; name?: string; value?: string }
  /** What a script of the page does instead. */
  does?: string
}

export interface FoundGroup {
  name: string
  label: string
  lines: Found[]
  /** The whole list behind a few rows. */
  all?: { href: string; label: string }
}
