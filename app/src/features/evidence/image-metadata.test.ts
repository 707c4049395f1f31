import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { exif, jpeg, png } from '../../../test/evidence-files.ts'
import { stripJpeg, stripPng } from './image-metadata.ts'

const holds = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text)

describe('what a camera writes into a picture', () => {
  it('is cut out of a JPEG; the picture stays byte by byte', () => {
    const taken = jpeg(exif(1, 'GPS 50.0 N 8.8 E'))
    expect(holds(taken, 'GPS 50.0')).toBe(true)
    expect(stripJpeg(taken)).toEqual(jpeg())
  })

  it('is reduced to how the picture is turned, where it is turned', () => {
    const stripped = stripJpeg(jpeg(exif(6, 'GPS 50.0 N 8.8 E')))!
    expect(holds(stripped, 'GPS')).toBe(false)
    expect(holds(stripped, 'Exif')).toBe(true)
    expect(stripped.length).toBeLessThan(jpeg(exif(6, 'GPS 50.0 N 8.8 E')).length)
    expect(stripJpeg(stripped)).toEqual(stripped) // and is understood again
  })

  it('is cut off behind the end, where phones put a film', () => {
    const followed = Uint8Array.from([...jpeg(), ...strToU8('ftypmp42 GPS')])
    expect(stripJpeg(followed)).toEqual(jpeg())
  })

  it('is cut out of a PNG', () => {
    expect(stripPng(png('taken by a person'))).toEqual(png())
  })

  it('makes a picture that cannot be followed to its end unreadable', () => {
    expect(stripJpeg(jpeg().subarray(0, 30))).toBeNull()
    expect(stripPng(png().subarray(0, 40))).toBeNull()
    expect(stripJpeg(png())).toBeNull()
  })
})
