/*
 * What the browser uses of `zod/mini`, with the same issues in the same order; `test/embed/zod-mini.test.ts` holds the two
 * against each other. A schema made of parts that are not here fails the build.
 */

const aborted = (issues) => issues.some((issue) => issue.continue !== true);

/** Issues name their members, so that nothing is inherited from what a page has put on `Object.prototype`. */
function report(issues, code, input, more) {
  issues.push({ code, input, path: [], message: 'Invalid input', continue: undefined, ...more });
  return input;
}

/** `parse` and the checks return the value as they leave it, and add what is wrong with it to the issues. */
function schema(parse, members, checks = []) {
  const self = {
    __proto__: null,
    ...members,
    run: (value, issues) => checks.reduce((left, check) => check(left, issues), parse(value, issues, checks)),
    check: (...more) => schema(parse, members, [...checks, ...more]),
    safeParse(value) {
      const issues = [];
      const data = self.run(value, issues);
      return issues.length ? { success: false, error: { issues } } : { success: true, data };
    },
  };
  return self;
}

/** A check that is left out once something that makes it pointless is wrong. */
const check = (test) => (value, issues) => (aborted(issues) ? value : test(value, issues));

const stringOf = (value, issues) => (typeof value === 'string' ? value : report(issues, 'invalid_type', value));
export const string = () => schema(stringOf);
export const number = () => schema((value, issues) => (Number.isFinite(value) ? value : report(issues, 'invalid_type', value)));
export const trim = () => check((value) => value.trim());
export const regex = (pattern) =>
  check((value, issues) => (pattern.test(value) ? value : report(issues, 'invalid_format', value, { continue: true })));
/** A schema that can also be a check of another one. */
export const stringFormat = (_, pattern) => Object.assign(regex(pattern), schema(stringOf, {}, [regex(pattern)]));

/** Characters outside the basic plane count once. */
const lengthOf = (value) => (typeof value === 'string' ? (value.match(/./gsu)?.length ?? 0) : value.length);
const originOf = (value) => (Array.isArray(value) ? 'array' : typeof value === 'string' ? 'string' : 'unknown');

function sizeCheck(fits, code, limit) {
  return (value, issues) =>
    value?.length === undefined || issues.some((issue) => issue.continue === false) || fits(value)
      ? value
      : report(issues, code, value, { origin: originOf(value), ...limit, continue: true });
}
export const minLength = (minimum) =>
  sizeCheck((value) => value.length >= minimum * 2 || lengthOf(value) >= minimum, 'too_small', { minimum });
export const maxLength = (maximum) =>
  Object.assign(
    sizeCheck((value) => value.length <= maximum || lengthOf(value) <= maximum, 'too_big', { maximum }),
    { maximum },
  );

export const refine = (holds, { path = [], params, error = 'Invalid input' }) =>
  check((value, issues) =>
    holds(value) ? value : report(issues, 'custom', value, { path: [...path], params, message: error, continue: true }),
  );

const enumOf = (values) => schema((value, issues) => (values.includes(value) ? value : report(issues, 'invalid_value', value)));
export { enumOf as enum };

export const nullable = ({ run, optional }) => schema((value, issues) => (value === null ? value : run(value, issues)), { optional });
export const optional = ({ run }) => schema((value, issues) => (value === undefined ? value : run(value, issues)), { optional: true });

/** Runs the schema of a member; its issues are named after it. */
function runAt(key, { run }, value, issues) {
  const found = [];
  const left = run(value, found);
  for (const issue of found) issue.path.unshift(key);
  issues.push(...found);
  return left;
}

export const array = (element) =>
  schema((value, issues, checks) => {
    if (!Array.isArray(value)) return report(issues, 'invalid_type', value);
    const tooLong = checks.find(({ maximum }) => value.length > maximum);
    if (!tooLong) return Array.from(value, (item, index) => runAt(index, element, item, issues));
    tooLong(value, issues);
    issues[0].continue = false;
    return value;
  });

const NEVER = {};
const ANYTHING = schema((value) => value);

function objectOf(shape, others) {
  const parse = (input, issues) => {
    if (typeof input !== 'object' || !input || Array.isArray(input)) return report(issues, 'invalid_type', input);
    const value = {};
    const take = (key, member) => {
      const before = issues.length;
      const present = key in input;
      const left = !present && member.optional ? undefined : runAt(key, member, input[key], issues);
      if (present) value[key] = left;
      else if (!member.optional && issues.length === before) report(issues, 'invalid_type', undefined, { path: [key] });
    };
    for (const key of Object.keys(shape)) take(key, shape[key]);
    const unknown = others ? Object.keys(input).filter((key) => !Object.hasOwn(shape, key)) : [];
    if (others === NEVER) unknown.length && report(issues, 'unrecognized_keys', input, { keys: unknown, continue: true });
    else for (const key of unknown) if (key !== '__proto__') take(key, others);
    return value;
  };
  return schema(parse, { shape });
}
export const object = (shape) => objectOf(shape);
export const strictObject = (shape) => objectOf(shape, NEVER);
export const looseObject = (shape) => objectOf(shape, ANYTHING);
export const catchall = ({ shape }, others) => objectOf(shape, others);
