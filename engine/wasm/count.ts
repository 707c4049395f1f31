// Counting a block of runs: the second half of the kernel (see kernel.ts).

// @ts-ignore: decorator
@inline function countBlock<T>(
  ranks: usize, bins: usize, units: i32, capacity: i32, filled: i32, rankCounts: usize, scoreCounts: usize, binCount: i32,
): void {
  for (let u = 0; u < units; u++) {
    const rp = ranks + <usize>(u * capacity) * sizeof<T>(), bp = bins + (<usize>(u * capacity) << 1)
    const row = rankCounts + <usize>u * <usize>units * 4, scores = scoreCounts + <usize>u * <usize>binCount * 4
    for (let t: usize = 0; t < <usize>filled; t++) {
      const r = <usize>load<T>(rp + t * sizeof<T>())
      if (r - 1 < <usize>units) {
        const cell = row + ((r - 1) << 2)
        store<u32>(cell, load<u32>(cell) + 1)
      }
      const bin = <usize>load<u16>(bp + (t << 1))
      if (bin < <usize>binCount) {
        const cell = scores + (bin << 2)
        store<u32>(cell, load<u32>(cell) + 1)
      }
    }
  }
}

export function count8(
  ranks: usize, bins: usize, units: i32, capacity: i32, filled: i32, rankCounts: usize, scoreCounts: usize, binCount: i32,
): void {
  countBlock<u8>(ranks, bins, units, capacity, filled, rankCounts, scoreCounts, binCount)
}

export function count16(
  ranks: usize, bins: usize, units: i32, capacity: i32, filled: i32, rankCounts: usize, scoreCounts: usize, binCount: i32,
): void {
  countBlock<u16>(ranks, bins, units, capacity, filled, rankCounts, scoreCounts, binCount)
}

// ahead[a * units + b], a < b: runs in which a has the better (smaller) rank; capacity <= 16 * 255
export function pairs8(ranks: usize, units: i32, capacity: i32, ahead: usize): void {
  for (let a = 0; a < units; a++) {
    const pa = ranks + <usize>(a * capacity)
    let pb = pa + <usize>capacity
    for (let b = a + 1; b < units; b++) {
      let acc = i8x16.splat(0)
      for (let t: usize = 0; t < <usize>capacity; t += 32) {
        acc = i8x16.sub(acc, i8x16.lt_u(v128.load(pa + t), v128.load(pb + t)))
        acc = i8x16.sub(acc, i8x16.lt_u(v128.load(pa + t, 16), v128.load(pb + t, 16)))
      }
      const w = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(acc))
      const cell = ahead + (<usize>a * <usize>units + <usize>b) * 4
      store<u32>(cell, load<u32>(cell) + i32x4.extract_lane(w, 0) + i32x4.extract_lane(w, 1) + i32x4.extract_lane(w, 2) + i32x4.extract_lane(w, 3))
      pb += <usize>capacity
    }
  }
}

export function pairs16(ranks: usize, units: i32, capacity: i32, ahead: usize): void {
  const step = <usize>capacity << 1
  for (let a = 0; a < units; a++) {
    const pa = ranks + <usize>a * step
    let pb = pa + step
    for (let b = a + 1; b < units; b++) {
      let acc = i16x8.splat(0)
      for (let t: usize = 0; t < step; t += 32) {
        acc = i16x8.sub(acc, i16x8.lt_u(v128.load(pa + t), v128.load(pb + t)))
        acc = i16x8.sub(acc, i16x8.lt_u(v128.load(pa + t, 16), v128.load(pb + t, 16)))
      }
      const w = i32x4.extadd_pairwise_i16x8_u(acc)
      const cell = ahead + (<usize>a * <usize>units + <usize>b) * 4
      store<u32>(cell, load<u32>(cell) + i32x4.extract_lane(w, 0) + i32x4.extract_lane(w, 1) + i32x4.extract_lane(w, 2) + i32x4.extract_lane(w, 3))
      pb += step
    }
  }
}
