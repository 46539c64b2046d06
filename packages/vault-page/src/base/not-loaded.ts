/** What is said where not even the sentences could be loaded. */
export const NOT_LOADED = 'This could not be loaded. Please open it again.';
