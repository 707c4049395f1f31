// Between the tests and the changed sources: which filters are removed at this moment, and which were asked at all.

export interface Switches {
  removed: Set<string>
  reached: Set<string>
  isRemoved(id: string): boolean
}

declare global {
  var tesseraFilters: Switches | undefined
}

export const switches: Switches = {
  removed: new Set(),
  reached: new Set(),
  isRemoved(id) {
    this.reached.add(id)
    return this.removed.has(id)
  },
}
globalThis.tesseraFilters = switches
