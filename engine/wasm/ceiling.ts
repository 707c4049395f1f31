// A bare multiply-add loop in AssemblyScript: what the machine can do in 128-bit WebAssembly when nothing is loaded or stored.
// Only bench/uncertainty.bench.ts uses it. Twelve independent chains hide the latency.

/** loops x 12 vectors x 2 lanes x (multiply + add) = loops x 48 floating-point operations. */
export function multiplyAdd(loops: i32): f64 {
  const x = f64x2.splat(0.999999), y = f64x2.splat(1e-6)
  let a = f64x2.splat(1), b = f64x2.splat(2), c = f64x2.splat(3), d = f64x2.splat(4), e = f64x2.splat(5), f = f64x2.splat(6)
  let g = f64x2.splat(7), h = f64x2.splat(8), i = f64x2.splat(9), j = f64x2.splat(10), k = f64x2.splat(11), l = f64x2.splat(12)
  for (let loop = 0; loop < loops; loop++) {
    a = f64x2.add(f64x2.mul(a, x), y); b = f64x2.add(f64x2.mul(b, x), y); c = f64x2.add(f64x2.mul(c, x), y)
    d = f64x2.add(f64x2.mul(d, x), y); e = f64x2.add(f64x2.mul(e, x), y); f = f64x2.add(f64x2.mul(f, x), y)
    g = f64x2.add(f64x2.mul(g, x), y); h = f64x2.add(f64x2.mul(h, x), y); i = f64x2.add(f64x2.mul(i, x), y)
    j = f64x2.add(f64x2.mul(j, x), y); k = f64x2.add(f64x2.mul(k, x), y); l = f64x2.add(f64x2.mul(l, x), y)
  }
  const sum = f64x2.add(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)), f64x2.add(f64x2.add(e, f), f64x2.add(g, h)))
  return f64x2.extract_lane(f64x2.add(sum, f64x2.add(f64x2.add(i, j), f64x2.add(k, l))), 0)
}
