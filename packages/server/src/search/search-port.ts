/** What agents look for. */
export interface TicketQuestion {
  deskId: string;
  /** Only tickets of these contacts; null: of all. */
  contactIds: readonly string[] | null;
  /** As it was typed. */
  words: string;
  /** Most ids to be found. */
  limit: number;
}

/** Finds tickets. */
export interface SearchPort {
  /** Ids of tickets, the last changed first. */
  find(question: TicketQuestion): Promise<string[]>;
}
