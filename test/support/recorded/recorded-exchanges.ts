import { readFileSync } from 'node:fs';

/** A field as it was sent: a text, or a file of which only the size was kept. */
export type RecordedField = { name: string; value: string } | { name: string; filename: string; type: string; bytes: number };

/** One request and its answer, seen on a running copy of a foreign backend. */
export interface RecordedExchange {
  note: string;
  request: {
    method: string;
    /** With its query. */
    path: string;
    headers: Record<string, string>;
    /** Whether what earlier answers had set was sent along. */
    cookies: boolean;
    /** Seconds since the exchange before, where they matter. */
    secondsLater?: number;
    fields?: RecordedField[];
  };
  response: {
    status: number;
    headers: Record<string, string>;
    /** Names of the cookies that were set. */
    cookies: string[];
    /** The part of the body that matters, from the start of a line; empty where the body was. */
    body: string;
  };
}

/** The exchanges of one file, in order. Their values belong to each other: cookies and tokens of one are used by the next. */
export function recordedExchanges(backend: string, name: string): RecordedExchange[] {
  return JSON.parse(readFileSync(new URL(`./${backend}/${name}.json`, import.meta.url), 'utf8')) as RecordedExchange[];
}
