/** Of a ticket, or of a file of it. */
export function pathOf(number: string, attachmentId?: string): string {
  const path = `/tickets/${encodeURIComponent(number)}`;
  return attachmentId === undefined ? path : `${path}/attachments/${encodeURIComponent(attachmentId)}`;
}
