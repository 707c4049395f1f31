import type { Prepared } from './database.ts'

interface Request {
  form?: Record<string, string>
  json?: unknown
  method?: string
  headers?: Record<string, string>
}

/** A browser that keeps cookies, without scripts and without following redirects. */
export class Browser {
  readonly cookies = new Map<string, string>()
  private readonly prepared: Prepared

  constructor(prepared: Prepared) {
    this.prepared = prepared
  }

  async ask(path: string, { form, json, method, headers }: Request = {}): Promise<Response> {
    const body = form ? new URLSearchParams(form).toString() : json === undefined ? undefined : JSON.stringify(json)
    const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await this.prepared.app.request(path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      body,
      headers: { 'accept-language': 'en', ...(body !== undefined && { 'content-type': type }), ...(cookie && { cookie }), ...headers },
    })
    for (const set of response.headers.getSetCookie()) this.keep(set)
    return response
  }

  private keep(set: string): void {
    const [pair = '', ...attributes] = set.split('; ')
    const at = pair.indexOf('=')
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.cookies.delete(pair.slice(0, at))
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}
