/** Preloaded into the server by the start script: a start script that is killed takes the server with it. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
