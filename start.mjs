// Starts Tessera: installs if needed, builds if something changed, then runs the server under the Node version the project pins.
// Plain JavaScript without dependencies, so that any Node from 20 on can run it in a fresh clone.
import { runServer, prepare } from './scripts/prepare.mjs'

await prepare()
runServer()
