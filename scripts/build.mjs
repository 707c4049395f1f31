// Builds server, command line, scripts and styles with what is installed; for images of containers.
import { build, findNode } from './prepare.mjs'

build(findNode())
