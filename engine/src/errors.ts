/** Input whose shape does not fit: lengths that differ, an element that does not exist, a tree that is none. */
export class ShapeError extends Error {
  override name = 'ShapeError'
}
