/** Version of this package; part of every result. The same as in package.json. */
export const ENGINE_VERSION = '0.1.0'
