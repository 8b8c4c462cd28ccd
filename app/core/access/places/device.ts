import Bowser from 'bowser'

const LONGEST = 400

/** What a browser says of itself, cut where nobody reads on. */
export const agentOf = (header: string | undefined) => (header ?? '').slice(0, LONGEST)

/** Browser and system as people call them: "Chrome 141, Windows"; undefined where it tells neither. */
export function deviceOf(agent: string): string | undefined {
  if (!agent) return undefined
  const { browser, os } = Bowser.parse(agent)
  const program = [browser.name, browser.version?.split('.')[0]].filter(Boolean).join(' ')
  return [program, os.name].filter(Boolean).join(', ') || undefined
}
