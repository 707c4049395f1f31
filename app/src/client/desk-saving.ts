// Saves a decision of the desk without leaving the page, so that nothing typed is lost when the server is away.

/** refused: the server says what is wrong, on the page of the form itself. */
export type SaveOutcome = 'saved' | 'refused' | 'signed-out' | 'unreachable'

/** Names of the fields that are kept in the browser until the server has them. */
export const keptFields = ['decision', 'points', 'reasonCode', 'reportText', 'note', 'isForMeeting', 'graceReason'] as const

export const fieldOf = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '')

export const valuesOf = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries(keptFields.map((name) => [name, fieldOf(form, name)]))

/** What the API takes: what does not belong to the decision chosen is left out, as the form itself does. */
function requestOf(form: HTMLFormElement): Record<string, unknown> {
  const values = valuesOf(form)
  const { decision, points, reasonCode, reportText, note, graceReason, isForMeeting } = values
  return {
    decision,
    points: decision === 'changed' && points?.trim() ? Number(points.trim().replace(',', '.')) : null,
    reasonCode: decision === 'agreed' ? null : reasonCode || null,
    reportText,
    note,
    graceReason,
    isForMeeting: isForMeeting === 'true',
    answerVersion: Number(fieldOf(form, 'answerVersion')),
    seconds: Math.min(86_400, Math.round(Number(fieldOf(form, 'seconds')) || 0)),
  }
}

/** Sends the decision as the person for whom the page was made. Sending the same twice has one effect. */
export async function sendDecision(form: HTMLFormElement): Promise<SaveOutcome> {
  const { desk = '', deskSave = '' } = form.dataset
  try {
    const response = await fetch(deskSave, {
      method: 'PUT',
      headers: {
        'Content-Type': 'application/json',
        'If-Match': `"${fieldOf(form, 'version')}"`,
        'Tessera-Person': desk.split('/')[0] ?? '',
      },
      body: JSON.stringify(requestOf(form)),
      signal: AbortSignal.timeout(15_000),
    })
    if (response.ok) return 'saved'
    if (response.status === 401) return 'signed-out'
    return response.status >= 500 || response.status === 429 ? 'unreachable' : 'refused'
  } catch {
    return 'unreachable'
  }
}
