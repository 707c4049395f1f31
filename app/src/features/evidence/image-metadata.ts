// Cameras write the place, the time and their serial number into a picture. A city publishes evidence, so none of this is kept:
// segments that only describe the picture are cut out; the picture itself is copied byte by byte.

/** Segments of a JPEG that hold no picture: APP1 (EXIF, XMP), APP2 without a colour profile, APP3 to APP13, APP15, comments. */
function describesJpeg(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xfe) return true
  if (marker === 0xe2) return !startsWith(segment, 'ICC_PROFILE')
  return (marker >= 0xe1 && marker <= 0xed) || marker === 0xef
}

const startsWith = (bytes: Uint8Array, text: string): boolean => [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0))

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** Orientation (1 to 8) of a picture that is stored turned; null = as it is. @param exif segment that begins with "Exif\0\0" */
function orientationOf(exif: Uint8Array): number | null {
  if (!startsWith(exif, 'Exif\0\0') || exif.length < 22) return null
  const view = new DataView(exif.buffer, exif.byteOffset + 6, exif.length - 6)
  const isLittle = view.getUint16(0) === 0x4949
  const start = view.getUint32(4, isLittle)
  if (start + 2 > view.byteLength) return null
  const entries = view.getUint16(start, isLittle)
  for (let i = 0; i < entries; i++) {
    const at = start + 2 + i * 12
    if (at + 12 > view.byteLength) return null
    if (view.getUint16(at, isLittle) === 0x0112) return view.getUint16(at + 8, isLittle)
  }
  return null
}

/** A segment that says nothing but how the picture is turned. */
function orientationSegment(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  const body = [...'Exif\0\0'].map((letter) => letter.charCodeAt(0)).concat(tiff)
  return Uint8Array.from([0xff, 0xe1, 0, body.length + 2, ...body])
}

/** @returns the picture without its description, or null when it is no JPEG that can be followed */
export function stripJpeg(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  const parts: Uint8Array[] = [bytes.subarray(0, 2)]
  let orientation: number | null = null
  let at = 2
  while (bytes[at + 1] !== 0xd9) {
    if (bytes[at] !== 0xff || at + 4 > bytes.length) return null
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++ // a fill byte
      continue
    }
    const end = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!
    if (end > bytes.length || end < at + 4) return null
    const segment = bytes.subarray(at + 4, end)
    if (marker === 0xe1) orientation ??= orientationOf(segment)
    const next = marker === 0xda ? endOfScan(bytes, end) : end
    if (!describesJpeg(marker, segment)) parts.push(bytes.subarray(at, next))
    at = next
  }
  if (orientation !== null && orientation > 1 && orientation <= 8) parts.splice(1, 0, orientationSegment(orientation))
  return join([...parts, Uint8Array.of(0xff, 0xd9)]) // behind its end, phones put a second picture or a film
}

/** Where the coded picture ends and the next segment begins; 0xff00 and restarts belong to the picture. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const marker = bytes[at + 1]!
    if (bytes[at] === 0xff && marker !== 0 && !(marker >= 0xd0 && marker <= 0xd7)) return at
  }
  return bytes.length
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const describingChunks = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'])

/** @returns the picture without its description, or null when it is no PNG that can be followed */
export function stripPng(bytes: Uint8Array): Uint8Array | null {
  if (!pngSignature.every((byte, i) => bytes[i] === byte)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const parts: Uint8Array[] = [bytes.subarray(0, 8)]
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) return null
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return null
    const type = latin(bytes.subarray(at + 4, at + 8))
    if (!describingChunks.has(type)) parts.push(bytes.subarray(at, end))
    if (type === 'IEND') return join(parts)
    at = end
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
