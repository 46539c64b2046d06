/*
 * For the processes of test files. A forced exit cuts off results that are still in a stream: of eight files with 200 tests each up to
 * 70 were never counted (Node 24.21). With this it waits for them.
 */
const FLUSH_MS = 100;

if (process.env.NODE_TEST_CONTEXT) {
  const { exit } = process;
  process.exit = (code) => void setTimeout(() => exit(code ?? process.exitCode), FLUSH_MS);
}
