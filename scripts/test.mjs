import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { prepare, root } from './prepare.mjs'

const debianPostgres = '/usr/lib/postgresql/15/bin'
const total = { passed: 0, failed: 0 }

/** The browser of the journeys: CHROMIUM, or Debian's, installed if it is missing and we may. */
function ensureBrowser() {
  if (process.env.CHROMIUM || existsSync('/usr/bin/chromium')) return
  console.log('Installing Chromium for the browser tests ...')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const isRoot = process.getuid?.() === 0
  const apt = (...args) => spawnSync(isRoot ? 'apt-get' : 'sudo', isRoot ? args : ['-n', 'apt-get', ...args], { stdio: 'ignore', env })
  apt('update')
  apt('install', '-y', '--no-install-recommends', 'chromium')
  if (!existsSync('/usr/bin/chromium'))
    console.log('Chromium could not be installed: install it, or set CHROMIUM to its path. The browser tests will fail.')
}

/** One check that either passes or fails as a whole. */
function check(name, node, args) {
  const result = spawnSync(node, args, { cwd: root, encoding: 'utf8' })
  const isGood = result.status === 0
  total[isGood ? 'passed' : 'failed']++
  console.log(`${isGood ? 'ok' : 'FAILED'}  ${name}`)
  if (!isGood) console.log(`${result.stdout}${result.stderr}`)
}

/** A run of vitest; its counts are added to the total. */
function vitest(node, name, projects, env = {}) {
  console.log(`\n${name}`)
  const folder = mkdtempSync(join(tmpdir(), 'tessera-report-'))
  const report = join(folder, 'report.json')
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const result = spawnSync(node, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}`, ...env },
  })
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 }
  total.passed += counts.numPassedTests
  total.failed += counts.numFailedTests
  if (result.status !== 0 && counts.numFailedTests === 0) total.failed++
  rmSync(folder, { recursive: true, force: true })
}

const tool = (path) => join(root, 'node_modules', path)

export function runChecks(node) {
  check('types', node, [tool('typescript/bin/tsc'), '-p', 'tsconfig.json'])
  check('types of the engine', node, [tool('typescript/bin/tsc'), '-p', 'engine/tsconfig.json'])
  check('lint', node, [tool('oxlint/bin/oxlint'), '--quiet'])
  check('format', node, [tool('oxfmt/bin/oxfmt'), '--check', '.'])
  check('dead code', node, [tool('knip/bin/knip.js')])
}

/** @param args nothing for everything, or any of: checks, engine, app, postgres15, journeys */
export function runTests(args) {
  const node = prepare()
  const wants = (part) => args.length === 0 || args.includes(part)
  if (wants('checks')) runChecks(node)
  if (wants('engine')) vitest(node, 'Engine', ['engine'])
  if (wants('app')) vitest(node, 'Product, on the embedded PostgreSQL', ['rules', 'database', 'mutants'])
  if (wants('postgres15') && existsSync(debianPostgres))
    vitest(node, "What of it touches a database, on Debian's PostgreSQL 15", ['database'], { TEST_POSTGRES_PROGRAMS: debianPostgres })
  else if (wants('postgres15'))
    console.log("\nDebian's PostgreSQL 15 is not installed: the second run of the tests that touch a database is left out.")
  if (wants('journeys')) {
    ensureBrowser()
    vitest(node, 'Journeys in a browser', ['journeys'])
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exit(total.failed === 0 ? 0 : 1)
}
