// The inner loops of the uncertainty analysis as WebAssembly with 128-bit SIMD, in AssemblyScript.
// src/kernel.ts holds the same functions in plain TypeScript; they are the reference, and src/kernel.test.ts asserts equal
// bytes. Lanes run across runs: a batch is 8 runs, so each run sees the same operations in the same order as in the
// reference, no fused or relaxed operation is used, and results are the same on every machine.
// `node engine/wasm/build.ts` turns this file into src/kernel-binary.ts. Layouts are explained in src/kernel.ts.

export { count8, count16, pairs8, pairs16 } from './count'

const ROW: usize = 64 // bytes of 8 lanes of float64

// ---- weights: xoshiro128++ in 8 lanes, then effective weights from the root down

// @ts-ignore: decorator
@inline function rotl(x: v128, k: i32): v128 {
  return v128.or(i32x4.shl(x, k), i32x4.shr_u(x, 32 - k))
}

export function drawWeights(
  state: usize, nodes: i32, parent: usize, column: usize, low: usize, width: usize,
  factor: usize, sums: usize, effective: usize, c: usize,
): void {
  let a0 = v128.load(state), a1 = v128.load(state, 32), a2 = v128.load(state, 64), a3 = v128.load(state, 96)
  let b0 = v128.load(state, 16), b1 = v128.load(state, 48), b2 = v128.load(state, 80), b3 = v128.load(state, 112)
  memory.fill(sums, 0, <usize>(nodes + 1) * ROW)
  for (let i = 0; i < nodes; i++) {
    const ra = i32x4.shr_u(i32x4.add(rotl(i32x4.add(a0, a3), 7), a0), 1)
    const rb = i32x4.shr_u(i32x4.add(rotl(i32x4.add(b0, b3), 7), b0), 1)
    const ta = i32x4.shl(a1, 9), tb = i32x4.shl(b1, 9)
    a2 = v128.xor(a2, a0); a3 = v128.xor(a3, a1); a1 = v128.xor(a1, a2); a0 = v128.xor(a0, a3)
    b2 = v128.xor(b2, b0); b3 = v128.xor(b3, b1); b1 = v128.xor(b1, b2); b0 = v128.xor(b0, b3)
    a2 = v128.xor(a2, ta); a3 = rotl(a3, 11)
    b2 = v128.xor(b2, tb); b3 = rotl(b3, 11)
    const lo = v128.load_splat<f64>(low + (<usize>i << 3)), w = v128.load_splat<f64>(width + (<usize>i << 3))
    const f0 = f64x2.add(lo, f64x2.mul(w, f64x2.convert_low_i32x4_s(ra)))
    const f1 = f64x2.add(lo, f64x2.mul(w, f64x2.convert_low_i32x4_s(i8x16.shuffle(ra, ra, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15))))
    const f2 = f64x2.add(lo, f64x2.mul(w, f64x2.convert_low_i32x4_s(rb)))
    const f3 = f64x2.add(lo, f64x2.mul(w, f64x2.convert_low_i32x4_s(i8x16.shuffle(rb, rb, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15))))
    const fp = factor + <usize>i * ROW
    v128.store(fp, f0); v128.store(fp, f1, 16); v128.store(fp, f2, 32); v128.store(fp, f3, 48)
    const sp = sums + <usize>load<i32>(parent + (<usize>i << 2)) * ROW
    v128.store(sp, f64x2.add(v128.load(sp), f0))
    v128.store(sp, f64x2.add(v128.load(sp, 16), f1), 16)
    v128.store(sp, f64x2.add(v128.load(sp, 32), f2), 32)
    v128.store(sp, f64x2.add(v128.load(sp, 48), f3), 48)
  }
  spreadDown(nodes, parent, column, factor, sums, effective, c)
}

// sums[0] belongs to the root, sums[i + 1] to node i; each becomes effective weight / sum of the children's factors
function spreadDown(nodes: i32, parent: usize, column: usize, factor: usize, sums: usize, effective: usize, c: usize): void {
  const one = constant(c, 5)
  const all = <usize>(nodes + 1) * ROW
  for (let k: usize = 0; k < all; k += 16) v128.store(sums + k, f64x2.div(one, v128.load(sums + k)))
  for (let i = 0; i < nodes; i++) {
    const col = load<i32>(column + (<usize>i << 2))
    const fp = factor + <usize>i * ROW
    const sp = sums + <usize>load<i32>(parent + (<usize>i << 2)) * ROW
    if (col >= 0) {
      const ep = effective + <usize>col * ROW
      for (let k: usize = 0; k < ROW; k += 16) v128.store(ep + k, f64x2.mul(v128.load(fp + k), v128.load(sp + k)))
    } else {
      const own = sums + <usize>(i + 1) * ROW
      for (let k: usize = 0; k < ROW; k += 16)
        v128.store(own + k, f64x2.mul(f64x2.mul(v128.load(fp + k), v128.load(sp + k)), v128.load(own + k)))
    }
  }
}

// ---- scores: matrix product of 4 units x 4 runs at a time

export function scoreBatch(x: usize, effective: usize, s: usize, unitsPadded: i32, columns: i32): void {
  const row = <usize>columns << 3
  for (let u = 0; u < unitsPadded; u += 4) {
    for (let half: usize = 0; half < ROW; half += 32) {
      let a00 = f64x2.splat(0), a01 = f64x2.splat(0), a10 = f64x2.splat(0), a11 = f64x2.splat(0)
      let a20 = f64x2.splat(0), a21 = f64x2.splat(0), a30 = f64x2.splat(0), a31 = f64x2.splat(0)
      let p0 = x + <usize>u * row, p1 = p0 + row, p2 = p1 + row, p3 = p2 + row
      let ep = effective + half
      const end = p0 + row
      while (p0 < end) {
        const e0 = v128.load(ep), e1 = v128.load(ep, 16)
        const x0 = v128.load_splat<f64>(p0)
        a00 = f64x2.add(a00, f64x2.mul(e0, x0)); a01 = f64x2.add(a01, f64x2.mul(e1, x0))
        const x1 = v128.load_splat<f64>(p1)
        a10 = f64x2.add(a10, f64x2.mul(e0, x1)); a11 = f64x2.add(a11, f64x2.mul(e1, x1))
        const x2 = v128.load_splat<f64>(p2)
        a20 = f64x2.add(a20, f64x2.mul(e0, x2)); a21 = f64x2.add(a21, f64x2.mul(e1, x2))
        const x3 = v128.load_splat<f64>(p3)
        a30 = f64x2.add(a30, f64x2.mul(e0, x3)); a31 = f64x2.add(a31, f64x2.mul(e1, x3))
        ep += ROW; p0 += 8; p1 += 8; p2 += 8; p3 += 8
      }
      const sp = s + <usize>u * ROW + half
      v128.store(sp, a00); v128.store(sp, a01, 16)
      v128.store(sp, a10, 64); v128.store(sp, a11, 80)
      v128.store(sp, a20, 128); v128.store(sp, a21, 144)
      v128.store(sp, a30, 192); v128.store(sp, a31, 208)
    }
  }
}

// The constants lie in memory, each twice (see `CONSTANTS` in src/kernel-layout.ts): an engine that compiles a constant
// vector anew in every turn of a loop would lose more by that than by a load.
// @ts-ignore: decorator
@inline function constant(constants: usize, place: usize): v128 {
  return v128.load(constants + (place << 4))
}

// e^x as 2^k times a polynomial of degree 10 on [-ln2/2, ln2/2]; the same steps as exponential() in src/kernel.ts
// @ts-ignore: decorator
@inline function exponential(x: v128, c: usize): v128 {
  const shifted = f64x2.add(f64x2.mul(x, constant(c, 1)), constant(c, 0))
  const k = f64x2.sub(shifted, constant(c, 0))
  let r = f64x2.sub(x, f64x2.mul(k, constant(c, 2)))
  r = f64x2.sub(r, f64x2.mul(k, constant(c, 3)))
  let p = constant(c, 6)
  p = f64x2.add(f64x2.mul(p, r), constant(c, 7))
  p = f64x2.add(f64x2.mul(p, r), constant(c, 8))
  p = f64x2.add(f64x2.mul(p, r), constant(c, 9))
  p = f64x2.add(f64x2.mul(p, r), constant(c, 10))
  p = f64x2.add(f64x2.mul(p, r), constant(c, 11))
  p = f64x2.add(f64x2.mul(p, r), constant(c, 12))
  p = f64x2.add(f64x2.mul(p, r), constant(c, 13))
  p = f64x2.add(f64x2.mul(p, r), constant(c, 14))
  p = f64x2.add(f64x2.mul(p, r), constant(c, 15))
  p = f64x2.add(f64x2.mul(p, r), constant(c, 16))
  // k + 1023 in the low bits, moved to where a double has its exponent
  return f64x2.mul(p, i64x2.shl(f64x2.add(k, constant(c, 4)), 52))
}

// Keys for ranking and histogram cells of one vector of scores.
// @ts-ignore: decorator
@inline function finishVector(v: v128, quantum: v128, slope: v128, offset: v128, last: v128, unit: v128, c: usize, key: usize, bin: usize): void {
  // the low 48 bits hold the whole number; shifted, they sort as a signed key with the unit below it
  const whole = f64x2.add(f64x2.mul(v, quantum), constant(c, 0))
  v128.store(key, v128.or(i64x2.shl(whole, 16), unit))
  const y = f64x2.add(f64x2.mul(v, slope), offset)
  const cell = f64x2.add(f64x2.pmin(f64x2.pmax(y, f64x2.splat(0)), last), constant(c, 0))
  v128.store_lane<u16>(bin, cell, 0)
  v128.store_lane<u16>(bin, cell, 4, 2)
}

// kind: 0 the sum is the score, 1 it is its logarithm, 2 it is its reciprocal
export function finishBatch(
  s: usize, keys: usize, bins: usize, low: usize, scale: usize, c: usize, units: i32,
  kind: i32, mapSlope: f64, mapOffset: f64, perQuantum: f64, lastBin: i32,
): void {
  const quantum = f64x2.splat(-perQuantum), last = f64x2.splat(<f64>lastBin)
  for (let u = 0; u < units; u++) {
    const cellsPerPoint = load<f64>(scale + (<usize>u << 3))
    const slope = f64x2.splat(mapSlope * cellsPerPoint)
    const offset = f64x2.splat((mapOffset - load<f64>(low + (<usize>u << 3))) * cellsPerPoint + 0.5)
    const unit = i64x2.splat(<i64>u)
    const bp = bins + (<usize>u << 4)
    for (let k: usize = 0; k < ROW; k += 16) {
      const at = <usize>u * ROW + k
      let v = v128.load(s + at)
      if (kind == 1) v = exponential(v, c)
      else if (kind == 2) v = f64x2.div(constant(c, 5), v)
      if (kind != 0) v128.store(s + at, v)
      finishVector(v, quantum, slope, offset, last, unit, c, keys + at, bp + (k >> 2))
    }
  }
}

// ---- ranks: insertion from the order of the previous run, or from buckets

// From this number of units on, keys are first dealt into buckets: insertion alone would cost the square of the units.
const BUCKETS_FROM = 400

// Puts the keys into `sorted` by buckets of equal width, within a bucket in the order of the previous run.
function dealIntoBuckets(kp: usize, order: usize, sorted: usize, units: i32, bucketOf: usize, counts: usize): void {
  const unranked = (<i64>1) << 62
  let lo = i64.MAX_VALUE, hi = i64.MIN_VALUE
  for (let u = 0; u < units; u++) {
    const key = load<i64>(kp + <usize>u * ROW)
    lo = min(lo, key)
    if (key < unranked) hi = max(hi, key)
  }
  const scale = <f64>units / (<f64>(hi - lo) + 1)
  memory.fill(counts, 0, <usize>(units + 1) << 2)
  for (let u = 0; u < units; u++) {
    const key = load<i64>(kp + <usize>u * ROW)
    const bucket = key < unranked ? min(units - 1, <i32>(<f64>(key - lo) * scale)) : units - 1
    store<i32>(bucketOf + (<usize>u << 2), bucket)
    const next = counts + (<usize>(bucket + 1) << 2)
    store<i32>(next, load<i32>(next) + 1)
  }
  let sum = 0
  for (let b = 1; b <= units; b++) {
    const count = counts + (<usize>b << 2)
    sum += load<i32>(count)
    store<i32>(count, sum)
  }
  for (let p = 0; p < units; p++) {
    const u = <usize>load<i32>(order + (<usize>p << 2))
    const start = counts + (<usize>load<i32>(bucketOf + (u << 2)) << 2)
    const at = load<i32>(start)
    store<i32>(start, at + 1)
    store<i64>(sorted + (<usize>at << 3), load<i64>(kp + u * ROW))
  }
}

// @ts-ignore: decorator
@inline function insert(sorted: usize, place: usize, key: i64): void {
  let q = place
  while (q > sorted) {
    const before = load<i64>(q - 8)
    if (before <= key) break
    store<i64>(q, before)
    q -= 8
  }
  store<i64>(q, key)
}

// @ts-ignore: decorator
@inline function rankLane<T>(
  keys: usize, lane: i32, order: usize, sorted: usize, units: i32, bucketOf: usize, counts: usize,
  ranks: usize, binBatch: usize, bins: usize, capacity: i32, at: i32, neither: usize, pairs: i32,
): void {
  const kp = keys + (<usize>lane << 3)
  if (units < BUCKETS_FROM) {
    for (let p = 0; p < units; p++) insert(sorted, sorted + (<usize>p << 3), load<i64>(kp + <usize>load<i32>(order + (<usize>p << 2)) * ROW))
  } else {
    dealIntoBuckets(kp, order, sorted, units, bucketOf, counts)
    for (let p = 1; p < units; p++) insert(sorted, sorted + (<usize>p << 3), load<i64>(sorted + (<usize>p << 3)))
  }
  let previous = i64.MIN_VALUE, rank = 0
  for (let p = 0; p < units; p++) {
    const key = load<i64>(sorted + (<usize>p << 3))
    const u = <i32>(key & 65535)
    const value = key >> 16
    if (value != previous) rank = p + 1
    else if (pairs) countTies(sorted, p, rank - 1, u, units, neither)
    previous = value
    store<i32>(order + (<usize>p << 2), u)
    const cell = <usize>(u * capacity + at)
    store<T>(ranks + cell * sizeof<T>(), <T>rank)
    store<u16>(bins + (cell << 1), load<u16>(binBatch + (<usize>(u * 8 + lane) << 1)))
  }
}

function countTies(sorted: usize, p: i32, first: i32, u: i32, units: i32, neither: usize): void {
  for (let q = first; q < p; q++) {
    const v = <i32>(load<i64>(sorted + (<usize>q << 3)) & 65535)
    const a = min(u, v), b = max(u, v)
    const cell = neither + (<usize>(a * units + b) << 2)
    store<u32>(cell, load<u32>(cell) + 1)
  }
}

export function rank8(
  keys: usize, lane: i32, order: usize, sorted: usize, units: i32, bucketOf: usize, counts: usize,
  ranks: usize, binBatch: usize, bins: usize, capacity: i32, at: i32, neither: usize, pairs: i32,
): void {
  rankLane<u8>(keys, lane, order, sorted, units, bucketOf, counts, ranks, binBatch, bins, capacity, at, neither, pairs)
}

export function rank16(
  keys: usize, lane: i32, order: usize, sorted: usize, units: i32, bucketOf: usize, counts: usize,
  ranks: usize, binBatch: usize, bins: usize, capacity: i32, at: i32, neither: usize, pairs: i32,
): void {
  rankLane<u16>(keys, lane, order, sorted, units, bucketOf, counts, ranks, binBatch, bins, capacity, at, neither, pairs)
}
