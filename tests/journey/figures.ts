const DIFFERENCES_SHOWN = 10
const WIDTHS = [46, 14, 14]

/** What was found beside what must be, printed as it comes; remembers whether anything differed. */
export class Figures {
  differences: string[] = []
  #startedAt = Date.now()
  #stageAt = 0

  stage(title: string) {
    const seconds = ((Date.now() - this.#startedAt) / 1000).toFixed(1)
    this.#stageAt = Date.now()
    console.log(`\n${title.padEnd(WIDTHS[0])}  ${'Tessera'.padStart(WIDTHS[1])} ${'must be'.padStart(WIDTHS[2])}   at ${seconds} s`)
    console.log('-'.repeat(WIDTHS[0] + WIDTHS[1] + WIDTHS[2] + 14))
  }

  /** A figure that nothing is compared with. */
  note(what: string, value: Value) {
    console.log(`${what.padEnd(WIDTHS[0])}  ${written(value).padStart(WIDTHS[1])}`)
  }

  done() {
    this.note('seconds', ((Date.now() - this.#stageAt) / 1000).toFixed(1))
  }

  check(what: string, found: Value, expected: Value) {
    const equal = found === expected
    const cells = `${written(found).padStart(WIDTHS[1])} ${written(expected).padStart(WIDTHS[2])}`
    console.log(`${what.padEnd(WIDTHS[0])}  ${cells}   ${equal ? 'ok' : 'DIFFERS'}`)
    if (!equal) this.differences.push(`${what}: ${written(found)} instead of ${written(expected)}`)
  }

  /** Sets that must be the same, member by member. */
  same(what: string, found: string[], expected: string[]) {
    this.check(what, found.length, expected.length)
    const [has, wants] = [new Set(found), new Set(expected)]
    this.#tell(`${what}: found and not expected`, found.filter((one) => !wants.has(one)))
    this.#tell(`${what}: expected and not found`, expected.filter((one) => !has.has(one)))
    if (has.size !== found.length) this.differences.push(`${what}: some are there more than once`)
  }

  holds(what: string, claim: boolean) {
    this.check(what, claim ? 'yes' : 'no', 'yes')
  }

  #tell(what: string, members: string[]) {
    if (!members.length) return
    const shown = members.slice(0, DIFFERENCES_SHOWN).join(', ')
    const rest = members.length > DIFFERENCES_SHOWN ? ` and ${members.length - DIFFERENCES_SHOWN} more` : ''
    console.log(`  ${what}: ${shown}${rest}`)
    this.differences.push(`${what}: ${shown}${rest}`)
  }

  report(): boolean {
    const seconds = ((Date.now() - this.#startedAt) / 1000).toFixed(1)
    if (!this.differences.length) {
      console.log(`\nThe journey was made in ${seconds} s, and every figure agrees.`)
      return true
    }
    console.log(`\n${this.differences.length} figures do not agree:`)
    for (const difference of this.differences) console.log(`- ${difference}`)
    return false
  }
}

type Value = string | number | boolean | null | undefined

function written(value: Value) {
  return typeof value === 'number' ? new Intl.NumberFormat('en').format(value) : String(value ?? '–')
}
