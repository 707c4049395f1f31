// A bare multiply-add loop in AssemblyScript: what the machine can do in 128-bit WebAssembly when nothing is loaded or stored.
// Only bench/uncertainty.bench.ts uses it. Ten independent chains hide the latency; factor and step come from outside, so
// that they stay in registers.

/** loops x 10 vectors x 2 lanes x (multiply + add) = loops x 40 floating-point operations. */
export function multiplyAdd(loops: i32, factor: f64, step: f64): f64 {
  const x = f64x2.splat(factor), y = f64x2.splat(step)
  let a = y, b = f64x2.add(a, y), c = f64x2.add(b, y), d = f64x2.add(c, y), e = f64x2.add(d, y)
  let f = f64x2.add(e, y), g = f64x2.add(f, y), h = f64x2.add(g, y), i = f64x2.add(h, y), j = f64x2.add(i, y)
  for (let loop = 0; loop < loops; loop++) {
    a = f64x2.add(f64x2.mul(a, x), y); b = f64x2.add(f64x2.mul(b, x), y); c = f64x2.add(f64x2.mul(c, x), y)
    d = f64x2.add(f64x2.mul(d, x), y); e = f64x2.add(f64x2.mul(e, x), y); f = f64x2.add(f64x2.mul(f, x), y)
    g = f64x2.add(f64x2.mul(g, x), y); h = f64x2.add(f64x2.mul(h, x), y); i = f64x2.add(f64x2.mul(i, x), y)
    j = f64x2.add(f64x2.mul(j, x), y)
  }
  const sum = f64x2.add(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)), f64x2.add(f64x2.add(e, f), f64x2.add(g, h)))
  return f64x2.extract_lane(f64x2.add(sum, f64x2.add(i, j)), 0)
}
