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

/** Seconds that one measurement should last, and how often it is repeated; the best one counts: the others shared the machine. */
const SECONDS = 0.25
const REPEATS = 3

/** Work per second on the clock, and per second of processor time of the threads that did it (what an idle machine would give). */
interface Rate {
  readonly clock: number
  readonly processor: number
}

const perSecond = ({ clock, processor }: Rate) => `${format(clock)}/s on the clock, ${format(processor)}/s of processor time`
const format = (rate: number) => Math.round(rate).toLocaleString('en').padStart(9)
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
const best = (rates: readonly Rate[]): Rate => ({
  clock: Math.max(...rates.map(({ clock }) => clock)),
  processor: Math.max(...rates.map(({ processor }) => processor)),
})

const processorSeconds = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}

function timeOf(work: () => void): { clock: number; processor: number } {
  const start = performance.now(),
    used = processorSeconds()
  work()
  return { clock: (performance.now() - start) / 1000, processor: processorSeconds() - used }
}

/** Best rate of a function that does `amount` units of work. */
function bestRate(amount: number, work: (amount: number) => void): Rate {
  work(Math.ceil(amount / 10))
  // calibrated on the clock: processor time comes in coarse steps
  const enough = Math.max(1, Math.ceil((SECONDS * amount) / timeOf(() => work(amount)).clock))
  return best(
    Array.from({ length: REPEATS }, () => {
      const { clock, processor } = timeOf(() => work(enough))
      return { clock: enough / clock, processor: enough / processor }
    }),
  )
}

/** One worker: prepares, then computes ranges on demand and answers with its processor time. */
function serve(spec: UncertaintySpec): void {
  const runner = createRangeRunner(spec)
  runner.runRange(0, 5000)
  parentPort?.on('message', ([from, to]: [number, number]) => parentPort?.postMessage(timeOf(() => runner.runRange(from, to)).processor))
  parentPort?.postMessage(0)
}

async function rateOfWorkers(spec: UncertaintySpec, count: number, runs: number): Promise<Rate> {
  const workers = Array.from({ length: count }, () => new Worker(fileURLToPath(import.meta.url), { workerData: spec }))
  const answers = () => Promise.all(workers.map((worker) => new Promise<number>((resolve) => worker.once('message', resolve))))
  await answers()
  const rates: Rate[] = []
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now()
    const all = answers()
    workers.forEach((worker, i) => worker.postMessage([i * runs, (i + 1) * runs]))
    const used = await all
    rates.push({
      clock: (count * runs * 1000) / (performance.now() - start),
      processor: used.reduce((sum, seconds) => sum + runs / seconds, 0),
    })
  }
  await Promise.all(workers.map((worker) => worker.terminate()))
  return best(rates)
}

/** Floating-point operations per second of a bare multiply-add loop; null when AssemblyScript is not installed. */
async function measureCeiling(): Promise<number | null> {
  const assembled = await import('../wasm/assemble.ts').then(({ assemble }) => assemble('ceiling')).catch(() => null)
  if (assembled === null) return null
  const memory = new WebAssembly.Memory({ initial: 0 })
  const { instance } = await WebAssembly.instantiate(assembled, { env: { memory } })
  const multiplyAdd = instance.exports['multiplyAdd'] as (loops: number, factor: number, step: number) => number
  return bestRate(1e6, (loops) => void multiplyAdd(loops, 0.999999, 1e-6)).processor * 40
}

/** Floating-point operations per second of the kernel's matrix product alone. */
function measureProduct(spec: UncertaintySpec): number {
  const { kernel } = createRunner(spec)
  kernel.views.state.fill(1)
  kernel.drawWeights()
  return (
    bestRate(200, (batches) => {
      for (let i = 0; i < batches; i++) kernel.scoreBatch(i % kernel.layout.matrices)
    }).processor *
    8 *
    spec.units.length *
    spec.columns.length *
    2
  )
}

async function measure(name: string, request: UncertaintyRequest, ceiling: number | null): Promise<void> {
  const n = request.dataset.units.length
  console.log(`\n${name}`)
  const plan = createPlanner({ ...request, pairs: false })
  const milliseconds = (work: () => void) => `${(timeOf(work).processor * 1000).toFixed(0)} ms`
  console.log(
    `  preparing: ${milliseconds(() => plan(null))} the first time, ${milliseconds(() => plan({ [request.framework.elements[0]?.code ?? '']: 2 }))} when weights have moved`,
  )
  const spec = plan(null)
  const runner = createRangeRunner(spec)
  let next = 0
  const one = bestRate(1000, (runs) => runner.runRange(next, (next += runs)))
  const flops = one.processor * 2 * n * spec.columns.length
  console.log(`  one thread, all ranks        ${perSecond(one)}`)
  const compared = [
    ...(ceiling === null ? [] : [`${((100 * flops) / ceiling).toFixed(0)} % of a bare multiply-add loop`]),
    `${((100 * flops) / measureProduct(spec)).toFixed(0)} % of the kernel's matrix product alone`,
  ]
  console.log(`                               ${(flops / 1e9).toFixed(1)} Gflop/s of scores: ${compared.join(', ')}`)
  console.log(`  two workers, all ranks       ${perSecond(await rateOfWorkers(spec, 2, Math.ceil(one.processor * SECONDS)))}`)
  if (n <= 1000) {
    const paired = createRangeRunner(planUncertainty({ ...request, pairs: true }))
    console.log(`  one thread, P(a ahead of b)  ${perSecond(bestRate(1000, (runs) => paired.runRange(next, (next += runs))))}`)
  }
  if (n <= 200) {
    const plain = createRangeRunner(spec, createReferenceKernel)
    console.log(`  one thread, plain TypeScript ${perSecond(bestRate(200, (runs) => plain.runRange(next, (next += runs))))}`)
    console.log(
      `  10 000 runs after moved weights ${milliseconds(() => createRangeRunner(plan(null)).runRange(0, 10_000))}, sensitivity with 1 024 rows ${milliseconds(() => analyseSensitivity(request, 1024))}`,
    )
  }
  const resident = (runs: number) => {
    runner.runRange(next, (next += runs))
    return megabytes(process.memoryUsage().rss)
  }
  console.log(
    `  memory of the kernel ${megabytes(runner.memoryBytes)}; of the process after 2 000 more runs ${resident(2000)}, after 10 000 more ${resident(10_000)}`,
  )
}

async function main(): Promise<void> {
  const ceiling = await measureCeiling()
  console.log(
    ceiling === null
      ? 'AssemblyScript is not installed: no bare multiply-add loop to compare with.'
      : `bare multiply-add loop, one thread: ${(ceiling / 1e9).toFixed(1)} Gflop/s`,
  )
  const [, , frameworkPath, dataPath] = process.argv
  for (const units of [142, 1000, 5000])
    await measure(
      `${units} units x 86 indicators in 12 groups`,
      { ...sampleIndex(units, 86, 12), method: DEFAULT_METHOD, seed: 1 },
      ceiling,
    )
  if (frameworkPath === undefined || dataPath === undefined) return
  const { dataset, framework, denomination } = readCsvIndex(frameworkPath, dataPath)
  const method = { ...DEFAULT_METHOD, denomination }
  await measure(`${dataPath}, gaps left open`, { dataset, framework, method, seed: 1 }, ceiling)
  await measure(
    `${dataPath}, gaps filled with means`,
    { dataset, framework, method: { ...method, imputation: { kind: 'mean' } }, seed: 1 },
    ceiling,
  )
}

if (isMainThread) await main()
else serve(workerData as UncertaintySpec)
