import type { UploadedEvidence } from './upload-file.ts'

// What happens on the page once files have come in.

const pauses = [700, 1_500, 3_000, 6_000, 12_000, 25_000, 50_000] // milliseconds; reading one document takes a minute at most

/** Waits until the server has tried to read a file. @returns whether it turned out that it cannot be opened */
export async function turnsOutUnopened(slug: string, { id }: UploadedEvidence): Promise<boolean> {
  for (const pause of pauses) {
    await new Promise((resolve) => setTimeout(resolve, pause))
    const response = await fetch(`/api/v1/cities/${slug}/evidence/${id}`).catch(() => null)
    if (!response?.ok) continue
    const { file } = (await response.json()) as { file: { isRead: boolean; isUnopened: boolean } | null }
    if (file === null || file.isRead) return file?.isUnopened ?? false
  }
  return false
}

/** Brings the parts of the page that show what is stored up to date; one in which the reader works is left as it is. */
export async function refreshParts(): Promise<void> {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-upload-fresh]')]
  if (parts.length === 0) return
  const response = await fetch(location.href).catch(() => null)
  if (!response?.ok) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of parts) {
    const fresh = page.getElementById(part.id)
    if (fresh !== null && !part.contains(document.activeElement)) part.replaceChildren(...document.adoptNode(fresh).childNodes)
  }
}
