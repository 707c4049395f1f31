// Runs per second of the uncertainty analysis. Run: node engine/bench/uncertainty.bench.ts [framework.csv data.csv]
// The work: weights +-25 % at every level, two normalisations, five treatments, arithmetic or geometric means, all ranks.
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { createRangeRunner } from '../src/uncertainty-counts.ts'
import { createPlanner, planUncertainty, type UncertaintyRequest, type UncertaintySpec } from '../src/uncertainty-plan.ts'
import { createRunner } from '../src/uncertainty-runs.ts'
import { analyseSensitivity } from '../src/sensitivity.ts'
import { createReferenceKernel } from '../src/kernel.ts'
import { DEFAULT_METHOD } from '../src/method.ts'
import { readCsvIndex } from './csv-index.ts'
import { sampleIndex } from './sample.ts'

/** Seconds that one measurement should last, and how often it is repeated; the best one counts, the others shared the machine. */
const SECONDS = 0.5
const REPEATS = 5
const perSecond = (rate: number) => `${Math.round(rate).toLocaleString('en').padStart(11)}/s`
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`

function secondsOf(work: () => void): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}

/** Best rate of a function that does `amount` units of work. */
function bestRate(amount: number, work: (amount: number) => void): number {
  work(Math.ceil(amount / 10))
  const once = secondsOf(() => work(amount)) / amount
  const enough = Math.max(1, Math.ceil(SECONDS / once))
  return Math.max(...Array.from({ length: REPEATS }, () => enough / secondsOf(() => work(enough))))
}

/** One worker: prepares, then computes ranges on demand. */
function serve(spec: UncertaintySpec): void {
  const runner = createRangeRunner(spec)
  runner.runRange(0, 5000)
  parentPort?.on('message', ([from, to]: [number, number]) => {
    runner.runRange(from, to)
    parentPort?.postMessage('done')
  })
  parentPort?.postMessage('ready')
}

async function rateOfWorkers(spec: UncertaintySpec, count: number, runs: number): Promise<number> {
  const workers = Array.from({ length: count }, () => new Worker(fileURLToPath(import.meta.url), { workerData: spec }))
  const answers = () => Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))))
  await answers()
  let best = 0
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now()
    const all = answers()
    workers.forEach((worker, i) => worker.postMessage([i * runs, (i + 1) * runs]))
    await all
    best = Math.max(best, (count * runs * 1000) / (performance.now() - start))
  }
  await Promise.all(workers.map((worker) => worker.terminate()))
  return best
}

/** Floating-point operations per second of a bare multiply-add loop; null when AssemblyScript is not installed. */
async function measureCeiling(): Promise<number | null> {
  const assembled = await import('../wasm/assemble.ts').then(({ assemble }) => assemble('ceiling')).catch(() => null)
  if (assembled === null) return null
  const memory = new WebAssembly.Memory({ initial: 0 })
  const { instance } = await WebAssembly.instantiate(assembled, { env: { memory } })
  const multiplyAdd = instance.exports['multiplyAdd'] as (loops: number) => number
  return bestRate(1e6, (loops) => void multiplyAdd(loops)) * 48
}

/** Floating-point operations per second of the kernel's matrix product alone. */
function measureProduct(spec: UncertaintySpec): number {
  const { kernel } = createRunner(spec)
  kernel.views.state.fill(1)
  kernel.drawWeights()
  return bestRate(200, (batches) => {
    for (let i = 0; i < batches; i++) kernel.scoreBatch(i % kernel.layout.matrices)
  }) * 8 * spec.units.length * spec.columns.length * 2
}

async function measure(name: string, request: UncertaintyRequest, ceiling: number | null): Promise<void> {
  const n = request.dataset.units.length
  console.log(`\n${name}`)
  const plan = createPlanner({ ...request, pairs: false })
  console.log(`  preparing, first time ${(secondsOf(() => plan(null)) * 1000).toFixed(0)} ms, with moved weights ${(secondsOf(() => plan({ [request.framework.elements[0]?.code ?? '']: 2 })) * 1000).toFixed(0)} ms`)
  const spec = plan(null)
  const runner = createRangeRunner(spec)
  let next = 0
  const one = bestRate(1000, (runs) => runner.runRange(next, (next += runs)))
  const flops = 2 * n * spec.columns.length
  const ratio = (of: number, what: string) => `${((100 * one * flops) / of).toFixed(0)} % of ${what}`
  console.log(`  one thread, all ranks       ${perSecond(one)}   ${ceiling === null ? '' : `${ratio(ceiling, 'a bare multiply-add loop')}, `}${ratio(measureProduct(spec), "the kernel's matrix product alone")}`)
  console.log(`  two workers, all ranks      ${perSecond(await rateOfWorkers(spec, 2, Math.ceil(one * SECONDS)))}`)
  if (n <= 1000) {
    const paired = planUncertainty({ ...request, pairs: true })
    const withPairs = createRangeRunner(paired)
    console.log(`  one thread, P(a ahead of b) ${perSecond(bestRate(1000, (runs) => withPairs.runRange(next, (next += runs))))}`)
    console.log(`  two workers, the same       ${perSecond(await rateOfWorkers(paired, 2, Math.ceil(one * SECONDS * 0.8)))}`)
  }
  if (n <= 200) {
    const plain = createRangeRunner(spec, createReferenceKernel)
    console.log(`  plain TypeScript            ${perSecond(bestRate(200, (runs) => plain.runRange(next, (next += runs))))}`)
    console.log(`  10 000 runs, all in         ${(secondsOf(() => createRangeRunner(plan(null)).runRange(0, 10_000)) * 1000).toFixed(0)} ms`)
    console.log(`  sensitivity, 1 024 rows     ${(secondsOf(() => analyseSensitivity(request, 1024)) * 1000).toFixed(0)} ms`)
  }
  const small = measureMemory(spec, 2_000), large = measureMemory(spec, 20_000)
  console.log(`  memory after 2 000 runs ${megabytes(small)}, after 20 000 runs ${megabytes(large)}`)
}

/** Bytes of a runner's arrays and of what it leaves on the heap. */
function measureMemory(spec: UncertaintySpec, runs: number): number {
  const before = process.memoryUsage()
  const runner = createRangeRunner(spec)
  runner.runRange(0, runs)
  globalThis.gc?.()
  const after = process.memoryUsage()
  runner.runRange(0, 1) // keeps the runner alive until here
  return Math.max(0, after.arrayBuffers - before.arrayBuffers) + Math.max(0, after.heapUsed - before.heapUsed)
}

async function main(): Promise<void> {
  const ceiling = await measureCeiling()
  console.log(ceiling === null ? 'AssemblyScript is not installed: no bare multiply-add loop to compare with.' : `bare multiply-add loop, one thread: ${(ceiling / 1e9).toFixed(1)} Gflop/s`)
  const [, , frameworkPath, dataPath] = process.argv
  for (const units of [142, 1000, 5000]) await measure(`${units} units x 86 indicators in 12 groups`, { ...sampleIndex(units, 86, 12), method: DEFAULT_METHOD, seed: 1 }, ceiling)
  if (frameworkPath === undefined || dataPath === undefined) return
  const { dataset, framework, denomination } = readCsvIndex(frameworkPath, dataPath)
  const method = { ...DEFAULT_METHOD, denomination }
  await measure(`${dataPath}, gaps left open`, { dataset, framework, method, seed: 1 }, ceiling)
  await measure(`${dataPath}, gaps filled with means`, { dataset, framework, method: { ...method, imputation: { kind: 'mean' } }, seed: 1 }, ceiling)
}

if (isMainThread) await main()
else serve(workerData as UncertaintySpec)
