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
