/** Preloaded into a server process: SIGUSR2 leaves a rejection that nobody handles, with a message that a person wrote. */
process.on('SIGUSR2', () => void Promise.reject(new RangeError('canary-message')));
