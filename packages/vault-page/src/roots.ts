/*
 * Whose signature under a team's keys this installation trusts: the only module of these pages whose bytes differ from one
 * installation to the next. As built it trusts nobody; the operator puts another one in its place.
 */

/**
 * Fingerprints as `ssh-keygen -lf` prints them, `SHA256:` and 43 characters, by desk: a server may hold the desks of several vendors,
 * and none signs for another's.
 */
export const roots: { readonly [desk: string]: readonly string[] } = {};
