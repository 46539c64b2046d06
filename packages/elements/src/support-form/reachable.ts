/** What a desk says may be opened; a script is not. */
export const REACHABLE = /^(https?|mailto|tel):/i;
