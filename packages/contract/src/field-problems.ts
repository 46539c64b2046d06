import type { FieldProblem, FieldProblemCode, FieldProblems } from './field.js';

/** What is read of an issue of zod. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly origin?: string;
  readonly input?: unknown;
  readonly params?: Record<string, unknown> | undefined;
}

/**
 * Zod's issues as problems by dotted field name, without any of what was written. The first issue of a field stands; a value
 * that is no object at all is reported under the empty name. Parse with `reportInput`: only then a member of a wrong type can be
 * told from a missing one.
 */
export function fieldProblems(issues: readonly Issue[]): FieldProblems {
  // a member named `constructor` or `__proto__` must be reported like any other
  const problems = new Map<string, FieldProblem>();
  const report = (path: string[], problem: FieldProblem) => {
    const field = path.join('.');
    if (!problems.has(field)) problems.set(field, problem);
  };
  for (const issue of issues) {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') report(path, fieldProblem(issue));
    else for (const key of issue.keys ?? []) report([...path, key], { code: 'unknown', detail: 'This member is not known here.' });
  }
  return Object.fromEntries(problems);
}

function fieldProblem(issue: Issue): FieldProblem {
  const limit = 'maximum' in issue ? Number(issue.maximum) : 'minimum' in issue ? Number(issue.minimum) : undefined;
  return { code: problemCode(issue), detail: issue.message, limit };
}

function problemCode(issue: Issue): FieldProblemCode {
  switch (issue.code) {
    case 'too_small':
      return Number(issue.minimum) === 1 ? 'required' : 'too-short';
    case 'too_big':
      return issue.origin === 'array' ? 'too-many' : 'too-long';
    case 'invalid_type':
      // zod leaves the input out unless asked to report it
      return issue.input === undefined ? 'required' : 'invalid';
    case 'custom':
      return (issue.params?.['problem'] as FieldProblemCode | undefined) ?? 'invalid';
    default:
      return 'invalid';
  }
}
