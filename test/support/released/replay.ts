import { httpRequest, type HttpAnswer } from '../http-request.ts';
import { proofFor } from '../solve-challenge.ts';
import { bytesOf, type Exchange } from './releases.ts';

/** Headers whose value is a list, of which nothing may be missing. */
const LISTS = /^(access-control-(allow|expose)-headers|access-control-allow-methods|allow|tus-(version|extension|checksum-algorithm))$/;
/** Headers that say the same in other words each time. */
const ANY_VALUE = /^(location|retry-after|upload-expires|upload-metadata|access-control-max-age)$/;

/**
 * Sends recorded requests to a server of today, in their order. Ids and ticket numbers that this server gives take the place of
 * the recorded ones, and each recorded proof is replaced by one that it accepts.
 */
export class Replay {
  readonly #serverUrl: string;
  readonly #port: number;
  /** Recorded text → today's. */
  readonly #names = new Map<string, string>();

  constructor(serverUrl: string) {
    this.#serverUrl = serverUrl;
    this.#port = Number(new URL(serverUrl).port);
  }

  async send({ request, answer }: Exchange): Promise<HttpAnswer> {
    const headers = { ...request.headers };
    const proof = headers['support-proof'];
    if (proof !== undefined) {
      const [, desk = ''] = /^\/v1\/desks\/([^/]+)/.exec(request.path) ?? [];
      if (!this.#names.has(proof)) this.#names.set(proof, String(await proofFor(this.#serverUrl, desk)));
      headers['support-proof'] = this.#today(proof);
    }
    const bytes = bytesOf(request.body);
    const body = request.body && 'json' in request.body ? Buffer.from(this.#today(bytes.toString())) : bytes;
    const now = await httpRequest(this.#port, this.#today(request.path), {
      method: request.method,
      headers,
      ...(body.length ? { body } : {}),
    });
    this.#learn(answer.headers['location'], now.headers.location);
    this.#learn(numberIn(answer.body && 'json' in answer.body ? answer.body.json : undefined), numberIn(jsonIn(now)));
    return now;
  }

  #learn(recorded: string | undefined, today: string | undefined): void {
    if (recorded === undefined || today === undefined) return;
    this.#names.set(recorded.replace(/^.*\//, ''), today.replace(/^.*\//, ''));
  }

  #today(text: string): string {
    let result = text;
    for (const [recorded, today] of this.#names) result = result.replaceAll(recorded, today);
    return result;
  }
}

/** What an answer lacks of the recorded one: its status, members of its JSON with their types, its headers. */
export function missing(recorded: Exchange['answer'], now: HttpAnswer): string[] {
  const lacks: string[] = [];
  if (now.status !== recorded.status) lacks.push(`status ${recorded.status}, now ${now.status} ${now.text}`);
  if (recorded.body && 'json' in recorded.body) lacks.push(...missingMembers(recorded.body.json, jsonIn(now), 'body'));
  for (const [name, value] of Object.entries(recorded.headers)) {
    const today = now.headers[name];
    const listed = String(today)
      .toLowerCase()
      .split(/\s*,\s*/);
    const kept = ANY_VALUE.test(name)
      ? today !== undefined
      : LISTS.test(name)
        ? value
            .toLowerCase()
            .split(/\s*,\s*/)
            .every((word) => listed.includes(word))
        : today === value;
    if (!kept) lacks.push(`${name}: ${value}, now ${String(today)}`);
  }
  return lacks;
}

/** Paths of members that are gone or have another type. Lists are compared by their first elements. */
export function missingMembers(recorded: unknown, now: unknown, place: string): string[] {
  if (kindOf(recorded) !== kindOf(now)) return [`${place}: ${kindOf(recorded)}, now ${kindOf(now)}`];
  if (Array.isArray(recorded)) return recorded.length ? missingMembers(recorded[0], (now as unknown[])[0], `${place}[0]`) : [];
  if (typeof recorded !== 'object' || recorded === null) return [];
  return Object.entries(recorded).flatMap(([name, value]) =>
    missingMembers(value, (now as Record<string, unknown>)[name], `${place}.${name}`),
  );
}

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

function jsonIn({ text, headers }: HttpAnswer): unknown {
  return /\bjson\b/.test(headers['content-type'] ?? '') && text ? (JSON.parse(text) as unknown) : undefined;
}

function numberIn(json: unknown): string | undefined {
  return (json as { ticket?: { number?: string } } | undefined)?.ticket?.number;
}
