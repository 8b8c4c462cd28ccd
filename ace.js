/**
 * The command line: `npm run ace -- <command>`. Lets TypeScript be run as it is, then hands over to
 * bin/console.ts.
 */
import '@poppinss/ts-exec'

await import('./bin/console.js')
