import type { Log, LogFacts } from './ports.js';

/** Writes one JSON line per event; lines of one turn of the event loop leave in one write. */
export function jsonLog(write: (text: string) => void): Log & { flush(): void } {
  let lines = '';
  const flush = () => {
    if (lines === '') return;
    const text = lines;
    lines = '';
    write(text);
  };
  const line = (level: string) => (event: string, facts?: LogFacts) => {
    if (lines === '') setImmediate(flush);
    lines += `${JSON.stringify({ time: new Date().toISOString(), level, event, ...facts })}\n`;
  };
  return { info: line('info'), warn: line('warn'), error: line('error'), flush };
}

/** Where an error was thrown: a message may quote what a person wrote, a frame cannot. */
export function firstFrame(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.stack
    ?.split('\n')
    .find((line) => line.startsWith('    at '))
    ?.trim();
}
