/** Puts values into the places {name} of a text; for islands, which carry their texts with them. */
export function fill(text: string | undefined, values: Record<string, string | number> = {}): string {
  return (text ?? '').replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
