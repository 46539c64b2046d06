import { own } from '../own.js';
import { notOurs } from '../request.js';

/** A line may be this long, in UTF-16 code units: what is longer was written by no support server. */
const LONGEST_LINE = 65_536;

/**
 * Reads `text/event-stream` (WHATWG HTML, 9.2.6) from bytes that may be cut anywhere. `id` and `retry` mean nothing here.
 *
 * @returns what takes the next bytes; throws at a line that does not end.
 */
export function eventStreamParser(
  onEvent: (type: string, data: string) => unknown,
  onComment: (text: string) => unknown,
): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = '';
  let afterReturn = false;
  let type = '';
  let data: string[] = [];

  return (bytes) => {
    let text = decoder.decode(bytes, own({ stream: true }));
    if (!text) return;
    // the second half of a CRLF that was cut in two
    if (afterReturn) text = text.replace(/^\n/, '');
    afterReturn = text.endsWith('\r');
    const lines = (rest + text).split(/\r\n?|\n/);
    rest = lines.pop() as string;
    if (rest.length > LONGEST_LINE) throw notOurs('a line without an end');
    for (const line of lines) {
      const [, field, value = ''] = /^([^:]*):? ?(.*)/s.exec(line) as string[];
      if (field === 'event') type = value;
      else if (field === 'data') data.push(value);
      else if (line[0] === ':') onComment(value);
      else if (!line) {
        if (data.length > 0) onEvent(type, data.join('\n'));
        type = '';
        data = [];
      }
    }
  };
}
