import { isRetryable, isSupportError, type SupportErrorCode } from '../errors.js';
import { isSupportErrorCode } from '../statuses.js';

/** Throws unless `condition` holds. */
export function expect(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Compares as JSON, so that objects are equal by content. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  expect(got === wanted, `${what}: expected ${wanted}, got ${got}`);
}

/** Fails unless `value` is what the schema describes. */
export function expectShape(
  value: unknown,
  schema: { safeParse(value: unknown): { success: boolean; error?: { message: string } | undefined } },
  what: string,
): void {
  const parsed = schema.safeParse(value);
  expect(parsed.success, `${what}: not of the schema's shape: ${parsed.error?.message}`);
}

/** Resolves with the code that `promise` was rejected with; fails where it resolves, or rejects with a stranger's error. */
export async function rejection(
  promise: Promise<unknown>,
  what: string,
): Promise<{ code: SupportErrorCode; error: { fields?: object | undefined } }> {
  let answer: unknown;
  try {
    answer = await promise;
  } catch (error) {
    expect(isSupportError(error), `${what}: rejected with ${String(error)}, which is no SupportError`);
    expect(isSupportErrorCode(error.code), `${what}: "${error.code}" is not one of the codes`);
    expect(error.retryable === isRetryable(error.code), `${what}: "${error.code}" says retryable: ${error.retryable}`);
    return { code: error.code, error };
  }
  throw new Error(`${what}: expected a rejection, got ${JSON.stringify(answer)}`);
}

/** Fails unless `promise` is rejected with one of `codes`. */
export async function expectRejection(promise: Promise<unknown>, codes: readonly SupportErrorCode[], what: string): Promise<void> {
  const { code } = await rejection(promise, what);
  expect(codes.includes(code), `${what}: expected ${codes.join(' or ')}, got ${code}`);
}
