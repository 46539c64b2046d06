const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** Whether this is an ISO 8601 instant in UTC, of a day that exists. */
export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && INSTANT.test(value) && new Date(value).toJSON()?.slice(0, 10) === value.slice(0, 10);
}
