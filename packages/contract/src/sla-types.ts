/** Days as in ISO 8601, Monday first. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** When somebody is there. */
export interface BusinessHours {
  /** IANA name, for example `Europe/Paris`, or a fixed offset such as `+04:00`. */
  timeZone: string;
  /**
   * Opening times as local `HH:MM` pairs, in order, not overlapping; `24:00` ends a day. A missing day is closed. Of a time that
   * a clock change brings twice the first is meant; one that it skips is as much later as the clock jumps (RFC 5545).
   */
  week: { [day in Weekday]?: [opens: string, closes: string][] | undefined };
  /** Closed days as local ISO dates, for example `2026-12-25`. */
  holidays: string[];
}

/** What is promised. */
export interface SlaPolicy {
  /** Minutes until the first answer. */
  firstResponseMinutes: number;
  /** `business`: minutes count only while open; `calendar`: they always count. */
  clock: 'business' | 'calendar';
}
