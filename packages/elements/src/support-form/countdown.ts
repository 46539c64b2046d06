/** Counts the seconds until a retry is welcome. */
export class Countdown {
  /** Instant on `performance.now()`'s clock; 0 while nothing is waited for. */
  until = 0;
  #tick: ReturnType<typeof setInterval> | undefined;
  #changed: (over: boolean) => void = () => undefined;

  /** @param changed is told each second, the last time with `over`. */
  start(milliseconds: number, changed: (over: boolean) => void): void {
    this.until = performance.now() + milliseconds;
    this.#changed = changed;
    this.resume();
  }

  stop(): void {
    this.pause();
    this.until = 0;
  }

  /** Tells nobody until `resume`; time goes on. */
  pause(): void {
    clearInterval(this.#tick);
  }

  resume(): void {
    this.pause();
    if (!this.until) return;
    this.#tick = setInterval(() => {
      const over = performance.now() >= this.until;
      if (over) this.stop();
      this.#changed(over);
    }, 1_000);
  }
}
