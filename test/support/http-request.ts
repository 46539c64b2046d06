import http from 'node:http';

export interface HttpAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** The body as JSON. */
  json<T = Record<string, unknown>>(): T;
}

export interface HttpRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Address to connect to; the server's loopback otherwise. */
  connectTo?: string;
}

/** One request with every header as given, `Host` included, which `fetch` does not let anybody choose. */
export function httpRequest(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body, connectTo = '127.0.0.1' }: HttpRequest = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: connectTo, port, path, method, headers: { host: `localhost:${port}`, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: <T>() => JSON.parse(text) as T });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
