import string from '@adonisjs/core/helpers/string'
import { type Piece } from './marked.js'

/** For templates: the text with what was typed in `<mark>`. A template would put spaces between the pieces of a word. */
export function pieces(all: Piece[]): string {
  return all.map(({ text, hit }) => (hit ? `<mark>${string.escapeHTML(text)}</mark>` : string.escapeHTML(text))).join('')
}
