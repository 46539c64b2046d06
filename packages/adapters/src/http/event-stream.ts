import { own } from '../own.js';

/** A line may be this long, in UTF-16 code units: what is longer was written by no support server. */
const LONGEST_LINE = 65_536;

/** What `eventStreamParser` finds. */
export interface EventStreamEvents {
  onEvent: (type: string, data: string) => void;
  onComment: (text: string) => void;
}

/**
 * Reads `text/event-stream` (WHATWG HTML, 9.2.6) from bytes that may be cut anywhere. `id` and `retry` mean nothing here.
 *
 * @returns what takes the next bytes; throws at a line that does not end.
 */
export function eventStreamParser({ onEvent, onComment }: EventStreamEvents): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder('utf-8', own({ fatal: false, ignoreBOM: false }));
  let rest = '';
  let afterReturn = false;
  let type = '';
  let data: string[] = [];

  function take(line: string): void {
    if (!line) {
      if (data.length > 0) onEvent(type || 'message', data.join('\n'));
      type = '';
      data = [];
      return;
    }
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (line[0] === ':') onComment(value);
    if (field === 'event') type = value;
    if (field === 'data') data.push(value);
  }

  return (bytes) => {
    let text = decoder.decode(bytes, own({ stream: true }));
    if (!text) return;
    // the second half of a CRLF that was cut in two
    if (afterReturn && text[0] === '\n') text = text.slice(1);
    afterReturn = text ? text.endsWith('\r') : false;
    const lines = (rest + text).split(/\r\n?|\n/);
    rest = lines.pop() as string;
    if (rest.length > LONGEST_LINE) throw new RangeError('A line of the stream does not end.');
    lines.forEach(take);
  };
}
