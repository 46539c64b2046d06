import { jsonOf } from '../exchange.js';
import { toJson } from '../to-json.js';
import type { ContactInput } from './mapping.js';

const MUTATION =
  'mutation($name:String!,$email:String!,$comment:String!){contactUs(input:{name:$name,email:$email,comment:$comment}){status}}';

/** Body of the mutation: values travel as variables, never in its text. */
export function contactMutation(input: ContactInput): string {
  return toJson({ query: MUTATION, variables: input });
}

/**
 * What an answer to the mutation says: true: taken; false: this shop does not know the mutation, so that nothing was done; else what
 * it said to the person. Undefined: it is no answer to it.
 */
export function mutationOutcome(text: string): boolean | string | undefined {
  const { data, errors } = (jsonOf(text) ?? {}) as {
    data?: { contactUs?: { status?: boolean } | null } | null;
    errors?: { message: string; path?: unknown }[];
  };
  if (data?.contactUs?.status) return true;
  const [error] = errors ?? [];
  // what was run at all has a path; the name is quoted from the query, in every language
  if (error && !error.path && /\bcontactUs\b/.test(error.message)) return false;
  return error?.message;
}
