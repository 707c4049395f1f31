// Runs the benchmarks of the project one after the other. They measure and print; they pass no judgement.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

const node = prepare()
run(node, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--config', 'vite.bench.config.ts'], {
  cwd: join(root, 'app'),
  quiet: true,
  what: 'Building the benchmarks',
})
const benches = [
  ['Pages, saving and scoring', join(root, 'app/dist/bench/pages.js')],
  ['200 editors', join(root, 'app/dist/bench/editors.js')],
  ['Uncertainty and sensitivity', join(root, 'engine/bench/uncertainty.bench.ts')],
]
for (const [name, file] of benches) {
  console.log(`\n# ${name}\n`)
  if (existsSync(file)) spawnSync(node, ['--expose-gc', file, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
}
