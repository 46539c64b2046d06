/** As much as the library ciphers at once. */
const SLICE = 64 * 1024;
/** Some 20 ms of work on a slow phone. */
const SLICES_A_TASK = 4;

/** `bytes` as a stream that lets other tasks run now and then. */
export function slices(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  let served = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        if (at >= bytes.length) return controller.close();
        if (++served % SLICES_A_TASK === 0) await nextTask();
        const end = Math.min(at + SLICE, bytes.length);
        controller.enqueue(new Uint8Array(bytes.subarray(at, end)));
        at = end;
      },
    },
    { highWaterMark: 0 },
  );
}

/** Everything a stream has to give. Rejects with the stream's own error. */
export async function readAll(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
    chunk.fill(0);
  }
  return all;
}

/** Timers are clamped, and slowed down in a tab that nobody looks at; messages are not. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
