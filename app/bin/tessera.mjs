#!/usr/bin/env node
// The command line. Runs under any Node from 20 on: prepares the project if needed and hands over to the pinned Node.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { realpathSync } from 'node:fs'

const root = dirname(dirname(dirname(realpathSync(fileURLToPath(import.meta.url)))))
const { prepare } = await import(join(root, 'scripts/prepare.mjs'))
const node = prepare()
const { status } = spawnSync(node, ['--enable-source-maps', join(root, 'app/dist/server/cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
