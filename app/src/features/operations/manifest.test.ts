import { describe, expect, it } from 'vitest'
import { compareSchemas, findUnfitMember, type Manifest } from './backup.ts'

describe('schemas of different age', () => {
  it('knows an older one by its beginning, and refuses a newer one and one of another line', () => {
    expect(compareSchemas(['a', 'b'], ['a', 'b'])).toBe('same')
    expect(compareSchemas(['a'], ['a', 'b'])).toBe('older')
    expect(compareSchemas(['a', 'b', 'c'], ['a', 'b'])).toBe('newer')
    expect(compareSchemas(['a', 'x'], ['a', 'b'])).toBe('other')
    expect(compareSchemas(['x'], ['a', 'b'])).toBe('other')
  })
})

describe('the list of contents', () => {
  const table = { table: 'cities', columns: ['id'], rows: 1, sha256: 'a', size: 5 }
  const manifest = { tables: [table], files: [], secrets: null } as unknown as Manifest
  const found = (change: object, name = 'tables/cities.csv') => new Map([[name, { sha256: 'a', size: 5, ...change }]])

  it('names a member that is missing, has other bytes, or is too many', () => {
    expect(findUnfitMember(manifest, found({}))).toBeNull()
    expect(findUnfitMember(manifest, found({ sha256: 'b' }))).toBe('tables/cities.csv')
    expect(findUnfitMember(manifest, found({ size: 4 }))).toBe('tables/cities.csv')
    expect(findUnfitMember(manifest, new Map())).toBe('tables/cities.csv')
    expect(findUnfitMember(manifest, new Map([...found({}), ...found({}, 'files/extra')]))).toBe('files/extra')
  })
})
