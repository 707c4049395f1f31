// Runs every test of the project. Installs what the tests need, builds, and ends with one line: N passed, N failed.
import { runTests } from './scripts/test.mjs'

runTests(process.argv.slice(2))
