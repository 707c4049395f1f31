/** A CSV file as text; the build puts it into the bundle. */
declare module '*.csv?raw' {
  const text: string
  export default text
}
