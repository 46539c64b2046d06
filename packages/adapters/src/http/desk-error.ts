import { SupportError, isSupportErrorCode } from '@storefront-support/contract';

export interface DeskFailure {
  endpoint: string;
  desk: string;
  /** Origin of the page. */
  origin?: string | undefined;
  /** 0: nothing has answered, or a redirect. */
  status: number;
  body: { code?: unknown; detail?: string } | null | undefined;
  code: 'network' | 'offline' | 'timeout';
  cause: unknown;
}

/** Why there is no desk, with the line of the page or of the desk file that mends it. */
export function deskError({ endpoint, desk, origin, status, body, code, cause }: DeskFailure): SupportError {
  const detail = body?.detail ?? `The server answered ${status}.`;
  switch (true) {
    // what cannot be parsed has arrived all the same
    case cause !== undefined && !(cause instanceof SyntaxError):
      return new SupportError(
        code,
        `No answer from ${endpoint}: is the server up, is endpoint="${endpoint}" right, and does the page's Content-Security-Policy allow it in connect-src?`,
        { cause },
      );
    case body?.code === 'desk-not-found':
      return new SupportError(
        'desk-not-found',
        `The desk "${desk}" is not known at ${endpoint}: write desk="…" with an id of its desk file.`,
      );
    case body?.code === 'origin-not-allowed':
      return new SupportError(
        'origin-not-allowed',
        origin === 'null'
          ? 'This page has no origin that a desk could allow: add allow-same-origin to the sandbox it is in.'
          : `Add "${origin ?? "this page's origin"}" to allowedOrigins of desk "${desk}" in the server's desk file.`,
      );
    case isSupportErrorCode(body?.code):
      return new SupportError(body.code, detail);
    case status > 499:
      return new SupportError('unavailable', detail);
    default:
      return new SupportError(
        'misconfigured',
        `What answers at ${endpoint} (status ${status}) is no support server, or redirects: write endpoint="…" with its final address.`,
      );
  }
}
