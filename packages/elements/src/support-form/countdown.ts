/** Counts the seconds until a retry is welcome. */
export class Countdown {
  /** Instant on `performance.now()`'s clock; 0 while nothing is waited for. */
  until = 0;
  #tick: ReturnType<typeof setInterval> | undefined;

  /** @param changed is told each second, the last time with `over`. */
  start(milliseconds: number, changed: (over: boolean) => void): void {
    this.stop();
    this.until = performance.now() + milliseconds;
    this.#tick = setInterval(() => {
      const over = performance.now() >= this.until;
      if (over) this.stop();
      changed(over);
    }, 1_000);
  }

  stop(): void {
    clearInterval(this.#tick);
    this.until = 0;
  }
}
