import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * What happens to a request. `status`: answered by the proxy, never forwarded. `drop`: connection reset, never forwarded.
 * `drop-answer`: forwarded, then reset without an answer. `cut-body`: the first bytes of the body are forwarded, then both
 * sides are reset. `stall`: nothing comes back until the rule is lifted or the client leaves. `hold`: forwarded when the rule is
 * lifted, although the client may have left by then. `hold-answer`: forwarded, and the answer comes back when the rule is lifted.
 * `cut-answer`: forwarded, then reset after half of the answer's body. `bare-answer`: forwarded, and answered without the headers
 * that let another origin read it. `pass`: forwarded.
 */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'drop' }
  | { kind: 'drop-answer' }
  | { kind: 'cut-body'; afterBytes: number }
  | { kind: 'stall' }
  | { kind: 'hold' }
  | { kind: 'hold-answer' }
  | { kind: 'cut-answer' }
  | { kind: 'bare-answer' }
  | { kind: 'pass' };

export interface Rule {
  /** `METHOD path-part`, for example `POST /tickets`; `*` as method takes all but OPTIONS. */
  match: string;
  /** How often it strikes; for ever if absent. */
  times?: number;
  /** Requests that match and are let through before it strikes. */
  after?: number;
  fault: Fault;
}

export interface Seen {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  fault: Fault['kind'];
  status: number | null;
  /** True once `hold` has the whole request, or `hold-answer` the whole answer. */
  held: boolean;
  /** When it came, in milliseconds of the proxy's monotonic clock. */
  from: number;
  /** When its answer had been handed over, or its connection was gone; null before. */
  until: number | null;
}

export interface FaultProxy {
  readonly url: string;
  /** Address to use as endpoint: everything below it obeys the rules of this session alone. */
  session(name: string): string;
  setRules(session: string, rules: Rule[]): void;
  seen(session: string): Seen[];
  /** The first request of a session, seen before or later, that fulfils the condition, as soon as it does. */
  when(session: string, condition: (seen: Seen) => boolean): Promise<Seen>;
  /** Where requests go from now on, for a server that came back on another port. */
  setTarget(url: string): void;
  close(): Promise<void>;
}

interface Session {
  rules: Rule[];
  seen: Seen[];
  /** Sockets held by `stall`, and what they asked for. */
  stalled: Map<http.ServerResponse, Seen>;
  /** What goes on for `hold` and `hold-answer` when the rules are lifted. */
  held: (() => void)[];
  /** Look again, after every change of `seen`. */
  watchers: Set<() => void>;
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': '*, authorization, content-type',
  'access-control-expose-headers': '*',
};

/**
 * A reverse proxy in front of a real server that breaks what it is told to. Endpoint of a session: `<url>/~<name>`.
 * Browsers drive it over HTTP: `PUT /~control/<name>` with a JSON array of rules (an empty one lifts every fault),
 * `GET /~control/<name>` for what it has seen.
 */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let upstream = new URL(target);
  const sessions = new Map<string, Session>();
  const sessionOf = (name: string) => {
    let session = sessions.get(name);
    if (!session) sessions.set(name, (session = { rules: [], seen: [], stalled: new Map(), held: [], watchers: new Set() }));
    return session;
  };
  const setRules = (name: string, rules: Rule[]) => {
    const session = sessionOf(name);
    session.rules = rules.map((rule) => ({ ...rule }));
    for (const [response, seen] of session.stalled) {
      // a client may come back before this side has noticed that it left
      seen.until ??= performance.now();
      response.destroy();
    }
    session.stalled.clear();
    for (const goOn of session.held.splice(0)) goOn();
  };
  const changed = (session: Session) => {
    for (const look of session.watchers) look();
  };

  const server = http.createServer((request, response) => {
    const control = /^\/~control\/([\w-]+)$/.exec(request.url ?? '');
    if (control) return void steer(control[1] as string, request, response);
    const parts = /^\/~([\w-]+)(\/.*)$/.exec(request.url ?? '');
    if (!parts) return void response.writeHead(404).end();
    const [, name, path] = parts as unknown as [string, string, string];
    const session = sessionOf(name);
    const fault = strike(session.rules, `${request.method}`, path);
    const seen: Seen = {
      method: request.method ?? '',
      path,
      headers: request.headers,
      fault: fault.kind,
      status: null,
      held: false,
      from: performance.now(),
      until: null,
    };
    session.seen.push(seen);
    response.once('close', () => {
      seen.until = performance.now();
      changed(session);
    });
    changed(session);
    switch (fault.kind) {
      case 'status':
        seen.status = fault.status;
        request.resume();
        return void response.writeHead(fault.status, { ...CORS, ...fault.headers }).end(fault.body ?? '');
      case 'drop':
        return void request.socket.resetAndDestroy();
      case 'stall':
        request.resume();
        return void session.stalled.set(response, seen);
      case 'hold':
        return void hold(session, request, response, path, seen).catch(() => undefined);
      default:
        forward(session, request, response, path, fault, seen);
    }
  });

  function ask({ method, headers }: http.IncomingMessage, path: string, answered: (answer: http.IncomingMessage) => void) {
    const { hostname: host, port, host: name } = upstream;
    return http.request({ host, port, method, path, headers: { ...headers, host: name }, agent: false }, answered);
  }

  async function hold(session: Session, request: http.IncomingMessage, response: http.ServerResponse, path: string, seen: Seen) {
    const body = await buffer(request);
    session.held.push(() => {
      const out = ask(request, path, (answer) => {
        seen.status = answer.statusCode ?? null;
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
        changed(session);
      });
      out.on('error', () => request.socket.resetAndDestroy());
      out.end(body);
    });
    seen.held = true;
    changed(session);
  }

  function forward(session: Session, request: http.IncomingMessage, response: http.ServerResponse, path: string, fault: Fault, seen: Seen) {
    const out = ask(request, path, (answer) => {
      seen.status = answer.statusCode ?? null;
      if (fault.kind === 'drop-answer') {
        answer.resume();
        return void answer.on('end', () => request.socket.resetAndDestroy());
      }
      if (fault.kind === 'hold-answer') {
        void buffer(answer).then((body) => {
          session.held.push(() => response.writeHead(answer.statusCode ?? 502, answer.rawHeaders).end(body));
          seen.held = true;
          changed(session);
        });
        return;
      }
      if (fault.kind === 'bare-answer') {
        for (const name of Object.keys(answer.headers)) if (name.startsWith('access-control-')) delete answer.headers[name];
        response.writeHead(answer.statusCode ?? 502, answer.headers);
      } else response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      if (fault.kind === 'cut-answer') {
        void buffer(answer).then((body) => {
          response.write(body.subarray(0, body.length / 2));
          // the half must reach the other side before the connection goes
          setTimeout(() => request.socket.resetAndDestroy(), 50);
        });
      } else {
        answer.pipe(response);
        // an answer that breaks off does so on this side, too
        answer.on('aborted', () => request.socket.resetAndDestroy());
      }
      changed(session);
    });
    out.on('error', () => request.socket.resetAndDestroy());
    response.on('close', () => out.destroy());
    if (fault.kind !== 'cut-body') return void request.pipe(out);
    let left = fault.afterBytes;
    request.on('data', (bytes: Buffer) => {
      out.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left > 0) return;
      request.pause();
      // the bytes must reach the other side before the connection goes
      setTimeout(() => {
        out.destroy();
        request.socket.resetAndDestroy();
      }, 50);
    });
    request.on('end', () => out.end());
  }

  async function steer(name: string, request: http.IncomingMessage, response: http.ServerResponse) {
    if (request.method === 'PUT') {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      setRules(name, JSON.parse(text) as Rule[]);
    }
    response.writeHead(200, { ...CORS, 'content-type': 'application/json' });
    response.end(request.method === 'OPTIONS' ? '' : JSON.stringify(sessionOf(name).seen));
  }

  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    session: (name) => `${url}/~${name}`,
    setRules,
    seen: (name) => sessionOf(name).seen,
    when(name, condition) {
      const session = sessionOf(name);
      return new Promise((resolve) => {
        const look = () => {
          const found = session.seen.find(condition);
          if (!found) return;
          session.watchers.delete(look);
          resolve(found);
        };
        session.watchers.add(look);
        look();
      });
    },
    setTarget(next) {
      upstream = new URL(next);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function strike(rules: Rule[], method: string, path: string): Fault {
  for (const rule of rules) {
    const [wanted, part = ''] = rule.match.split(' ') as [string, string?];
    if ((wanted === '*' ? method === 'OPTIONS' : wanted !== method) || !path.includes(part)) continue;
    if (rule.after) {
      rule.after--;
      continue;
    }
    if (rule.times === 0) continue;
    if (rule.times !== undefined) rule.times--;
    return rule.fault;
  }
  return { kind: 'pass' };
}
