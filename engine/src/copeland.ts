/** Scores nearer than this, relatively, count as equal in a comparison of two units: they differ by rounding (1e-12 between machines) only. */
const SAME = 1e-11

/**
 * Outranking of every unit against every other. outranking[i][j] = share of the weight of the elements that both have
 * on which i is ahead of j, plus half the share on which they are equal; 0.5 when they have none in common. It does not
 * depend on the order of the units, and outranking[i][j] + outranking[j][i] = 1.
 * @param columns m columns of n scores, more is better, NaN = missing
 * @param weights m positive weights
 * @returns n rows of n shares, 0.5 on the diagonal
 * @see OECD/JRC Handbook (2008), section 1.6, non-compensatory multi-criteria approach; Munda and Nardo (2009)
 */
export function outrankingMatrix(columns: readonly Float64Array[], weights: readonly number[]): Float64Array[] {
  const n = columns[0]?.length ?? 0
  const matrix = Array.from({ length: n }, () => new Float64Array(n).fill(0.5))
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let [ahead, behind, shared] = [0, 0, 0]
      for (let child = 0; child < columns.length; child++) {
        const column = columns[child] as Float64Array
        const [a, b] = [column[i] as number, column[j] as number]
        if (Number.isNaN(a) || Number.isNaN(b)) continue
        const weight = weights[child] as number
        shared += weight
        if (Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b))) continue
        if (a > b) ahead += weight
        else behind += weight
      }
      if (shared === 0) continue
      const equal = shared - ahead - behind
      ;(matrix[i] as Float64Array)[j] = (ahead + equal / 2) / shared
      ;(matrix[j] as Float64Array)[i] = (behind + equal / 2) / shared
    }
  }
  return matrix
}

/**
 * Copeland scores. share: the sum of a unit's outranking shares over the other units (0 to n - 1; what COINr calls
 * Copeland). wins: units it outranks with more than half the weight minus units that outrank it (Copeland's own rule).
 * @param columns m columns of n scores, NaN = missing
 * @param weights m positive weights
 * @returns n scores; NaN for a unit without any score, which nobody is compared with
 */
export function copelandScores(columns: readonly Float64Array[], weights: readonly number[], count: 'share' | 'wins'): Float64Array {
  const n = columns[0]?.length ?? 0
  const matrix = outrankingMatrix(columns, weights)
  const present = Array.from({ length: n }, (_, unit) => columns.some((column) => !Number.isNaN(column[unit])))
  return Float64Array.from(matrix, (row, i) => {
    if (!present[i]) return NaN
    let score = 0
    row.forEach((share, j) => {
      if (i === j || !present[j]) return
      score += count === 'share' ? share : Math.abs(share - 0.5) < SAME ? 0 : Math.sign(share - 0.5)
    })
    return score
  })
}
