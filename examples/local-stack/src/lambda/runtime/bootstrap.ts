import { patchConsole } from './patchConsole.ts'
import { runLoop } from './runLoop.ts'
import { installStreaming } from './streaming.ts'

// The parent holds the other end: when it dies, whatever the reason, so does this process.
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0))
process.stdin.resume()
// An open stdin must not keep the event loop busy: callback handlers are answered when it runs empty.
;(process.stdin as unknown as { unref?: () => void }).unref?.()

patchConsole()
installStreaming()
void runLoop(process.env)
