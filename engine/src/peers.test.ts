import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ShapeError } from './errors.ts'
import { findPeers } from './peers.ts'

const variables = ['size', 'foreignBorn']
// standard deviations: size 1 2 3 -> 1; foreignBorn 10 30 20 -> 10
const three = [
  [1, 10],
  [2, 30],
  [3, 20],
]

describe('findPeers', () => {
  it('breaks the distance down by variable, as worked out by hand', () => {
    const { peers } = findPeers(three, variables, 0, { count: 2 })
    // to unit 1: 1 and 2 deviations, root of (1 + 4) / 2; to unit 2: 2 and 1, the same distance, so in the order of the units
    expect(peers.map(({ unit }) => unit)).toEqual([1, 2])
    expect(peers[0]?.distance).toBeCloseTo(Math.sqrt(2.5), 12)
    expect(peers[0]?.parts).toEqual([
      { variable: 'size', unitValue: 1, peerValue: 2, difference: expect.closeTo(1, 12), share: expect.closeTo(0.2, 12) },
      { variable: 'foreignBorn', unitValue: 10, peerValue: 30, difference: expect.closeTo(2, 12), share: expect.closeTo(0.8, 12) },
    ])
  })

  it('weights variables by ratio', () => {
    const { peers } = findPeers(three, variables, 0, { count: 2, weights: [3, 1] })
    // unit 1: (3 * 1 + 1 * 4) / 4; unit 2: (3 * 4 + 1) / 4
    expect(peers.map(({ distance }) => distance ** 2)).toEqual([expect.closeTo(7 / 4, 12), expect.closeTo(13 / 4, 12)])
    expect(findPeers(three, variables, 0, { count: 2, weights: [30, 10] })).toEqual(
      expect.objectContaining({ peers: peers.map((peer) => expect.objectContaining({ unit: peer.unit })) }),
    )
  })

  it('names what a peer lacks and neither rewards nor punishes the gap', () => {
    const { peers } = findPeers([...three, [2, null]], variables, 0, { count: 3 })
    const lacking = peers.find(({ unit }) => unit === 3)
    expect(lacking).toMatchObject({ missing: ['foreignBorn'], comparedShare: 0.5, parts: [{ variable: 'size', share: 1 }] })
  })

  it('leaves out units that share too little and says so', () => {
    const found = findPeers([...three, [2, null], [null, null]], variables, 0, { count: 9, minimumShare: 0.6 })
    expect(found.peers.map(({ unit }) => unit).sort()).toEqual([1, 2])
    expect(found.notComparable).toEqual([
      { unit: 3, missing: ['foreignBorn'] },
      { unit: 4, missing: ['size', 'foreignBorn'] },
    ])
  })

  it('names variables that cannot tell units apart', () => {
    const found = findPeers(
      [
        [1, 5],
        [2, 5],
        [4, 5],
      ],
      variables,
      0,
      { count: 1 },
    )
    expect(found.unusable).toEqual(['foreignBorn'])
    expect(found.peers[0]).toMatchObject({ unit: 1, comparedShare: 1, parts: [{ variable: 'size' }] })
  })

  it('says that nothing is comparable when no variable is usable', () => {
    const found = findPeers(
      [
        [5, 5],
        [5, 5],
      ],
      variables,
      0,
      { count: 1 },
    )
    expect(found).toEqual({ peers: [], notComparable: [{ unit: 1, missing: [] }], unusable: variables })
  })

  it('refuses units, weights and options that make no sense', () => {
    expect(() => findPeers(three, variables, 7, { count: 1 })).toThrow(ShapeError)
    expect(() => findPeers(three, variables, 0, { count: 0 })).toThrow(/0 peers/)
    expect(() => findPeers(three, variables, 0, { count: 1, weights: [1] })).toThrow(/1 weights for 2/)
    expect(() => findPeers(three, variables, 0, { count: 1, weights: [-1, 2] })).toThrow(/Weight -1/)
    expect(() => findPeers(three, variables, 0, { count: 1, weights: [0, 0] })).toThrow(/All weights are 0/)
    expect(() => findPeers(three, variables, 0, { count: 1, minimumShare: 0 })).toThrow(/Least common share 0/)
  })

  it('does not depend on the unit of measurement', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 12 }), fc.integer({ min: 2, max: 1000 }), (rows, factor) => {
        const plain = findPeers(rows, variables, 0, { count: 20 })
        const scaled = findPeers(
          rows.map(([a, b]) => [a * factor, b]),
          variables,
          0,
          { count: 20 },
        )
        const distances = ({ peers }: typeof plain) => new Map(peers.map(({ unit, distance }) => [unit, distance]))
        for (const [unit, distance] of distances(plain)) expect(distances(scaled).get(unit)).toBeCloseTo(distance, 9)
      }),
    )
  })
})
