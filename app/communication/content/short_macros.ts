/**
 * The short macros of F58, `{GivenName}`, said in Liquid. They begin with a capital letter, so braces of style sheets
 * are left alone.
 */
const SHORT = /(?<![{%])\{([A-Z][A-Za-z0-9]{1,40})\}(?!\})/g

export function inLiquid(code: string) {
  return code.replace(SHORT, '{{ $1 }}')
}
