// Starts the server and starts it again whenever a source file changes.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { build, findNode, install, root } from './prepare.mjs'

install()
const node = findNode()
let server
let timer

function restart() {
  build(node)
  const start = () => {
    server = spawn(node, ['--enable-source-maps', join(root, 'app/dist/server/server.js')], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
  }
  if (!server || server.exitCode !== null) return start()
  server.once('exit', start)
  server.kill('SIGTERM')
}

restart()
for (const folder of ['app/src', 'engine/src', 'instrument'])
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(restart, 200)
  })
process.on('SIGINT', () => {
  server?.kill('SIGTERM')
  process.exit(0)
})
